import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { taskMessages } from '../tasks/messages.ts';
import { ConsoleRecordTasks } from '../tasks/record-tasks.ts';
import { addMessages } from '../text.ts';
import { recordMessages } from './messages.ts';
import { ConsoleTimeline } from './timeline.ts';

addMessages(recordMessages);
addMessages(taskMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-timeline', ConsoleTimeline);
register('salespulse-console-record-tasks', ConsoleRecordTasks);
