import '../records/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleConvertDialog } from './convert-dialog.ts';
import { ConsoleLeadPage } from './lead-page.ts';
import { ConsoleLeadsPage } from './leads-page.ts';
import { leadMessages } from './messages.ts';
import { ConsoleNewLeadPage } from './new-lead-page.ts';

addMessages(leadMessages);
register('salespulse-console-convert-dialog', ConsoleConvertDialog);
register('salespulse-console-leads-page', ConsoleLeadsPage);
register('salespulse-console-lead-page', ConsoleLeadPage);
register('salespulse-console-lead-new-page', ConsoleNewLeadPage);
