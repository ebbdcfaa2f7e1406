import '../../records/define.ts';
import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { tagMessages } from './messages.ts';
import { ConsoleTagsPage } from './tags-page.ts';

addMessages(tagMessages);
register('salespulse-console-tags-page', ConsoleTagsPage);
