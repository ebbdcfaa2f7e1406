import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { taskMessages } from './messages.ts';
import { ConsoleTasksPage } from './tasks-page.ts';

addMessages(taskMessages);
register('salespulse-console-tasks-page', ConsoleTasksPage);
