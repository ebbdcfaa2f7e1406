import '../../elements/tasks/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleCalendarDialog } from './calendar-dialog.ts';
import { taskMessages } from './messages.ts';
import { ConsoleTaskDialog } from './task-dialog.ts';
import { ConsoleTasksPage } from './tasks-page.ts';

addMessages(taskMessages);
register('salespulse-console-task-dialog', ConsoleTaskDialog);
register('salespulse-console-calendar-dialog', ConsoleCalendarDialog);
register('salespulse-console-tasks-page', ConsoleTasksPage);
