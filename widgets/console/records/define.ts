import { defineParts } from '../../elements/record/parts.ts';
import { ConsoleLookAlikes } from '../duplicates/look-alikes.ts';
import { ConsoleMergeDialog } from '../duplicates/merge-dialog.ts';
import { duplicateMessages } from '../duplicates/messages.ts';
import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { taskMessages } from '../tasks/messages.ts';
import { ConsoleRecordTasks } from '../tasks/record-tasks.ts';
import { addMessages } from '../text.ts';
import { recordMessages } from './messages.ts';

addMessages(recordMessages);
addMessages(duplicateMessages);
register('salespulse-console-merge-dialog', ConsoleMergeDialog);
register('salespulse-console-look-alikes', ConsoleLookAlikes);
addMessages(taskMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
defineParts();
register('salespulse-console-record-tasks', ConsoleRecordTasks);
