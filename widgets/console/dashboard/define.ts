import '../../elements/chart/define.ts';
import '../../elements/kpis/define.ts';
import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleDashboardPage } from './dashboard-page.ts';
import { ConsoleDrillDialog } from './drill-dialog.ts';
import { dashboardMessages } from './messages.ts';
import { ConsoleRangeFilter } from './range-filter.ts';

addMessages(dashboardMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-range-filter', ConsoleRangeFilter);
register('salespulse-console-drill-dialog', ConsoleDrillDialog);
register('salespulse-console-dashboard-page', ConsoleDashboardPage);
