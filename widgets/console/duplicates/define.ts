import '../records/define.ts';
import { register } from '../parts/register.ts';
import { ConsoleDuplicatesPage } from './duplicates-page.ts';

register('salespulse-console-duplicates-page', ConsoleDuplicatesPage);
