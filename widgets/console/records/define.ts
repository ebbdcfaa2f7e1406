import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { ConsoleLookAlikes } from '../duplicates/look-alikes.ts';
import { ConsoleMergeDialog } from '../duplicates/merge-dialog.ts';
import { duplicateMessages } from '../duplicates/messages.ts';
import { register } from '../parts/register.ts';
import { taskMessages } from '../tasks/messages.ts';
import { ConsoleRecordTasks } from '../tasks/record-tasks.ts';
import { addMessages } from '../text.ts';
import { recordMessages } from './messages.ts';
import { ConsoleTimeline } from './timeline.ts';

addMessages(recordMessages);
addMessages(duplicateMessages);
register('salespulse-console-merge-dialog', ConsoleMergeDialog);
register('salespulse-console-look-alikes', ConsoleLookAlikes);
addMessages(taskMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-timeline', ConsoleTimeline);
register('salespulse-console-record-tasks', ConsoleRecordTasks);
