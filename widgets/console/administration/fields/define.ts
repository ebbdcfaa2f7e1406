import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { ConsoleFieldDialog } from './field-dialog.ts';
import { ConsoleFieldsPage } from './fields-page.ts';
import { fieldMessages } from './messages.ts';

addMessages(fieldMessages);
register('salespulse-console-field-dialog', ConsoleFieldDialog);
register('salespulse-console-fields-page', ConsoleFieldsPage);
