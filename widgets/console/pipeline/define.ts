import '../../elements/pipeline/define.ts';
import { dashboardMessages } from '../dashboard/messages.ts';
import { ConsoleRangeFilter } from '../dashboard/range-filter.ts';
import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { pipelineReportMessages } from './messages.ts';
import { ConsolePipelinePage } from './pipeline-page.ts';

addMessages(dashboardMessages);
addMessages(pipelineReportMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-range-filter', ConsoleRangeFilter);
register('salespulse-console-pipeline-page', ConsolePipelinePage);
