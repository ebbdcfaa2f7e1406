import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleImportErrors } from './error-list.ts';
import { ConsoleImportDuplicates } from './import-duplicates.ts';
import { ConsoleImportPage } from './import-page.ts';
import { ConsoleImportsPage } from './imports-page.ts';
import { importMessages } from './messages.ts';

addMessages(importMessages);
register('salespulse-console-import-errors', ConsoleImportErrors);
register('salespulse-console-import-duplicates', ConsoleImportDuplicates);
register('salespulse-console-imports-page', ConsoleImportsPage);
register('salespulse-console-import-page', ConsoleImportPage);
