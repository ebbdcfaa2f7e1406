import '../records/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { targetMessages } from './messages.ts';
import { ConsoleTargetsPage } from './targets-page.ts';

addMessages(targetMessages);
register('salespulse-console-targets-page', ConsoleTargetsPage);
