import '../../elements/dashboard/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleDashboardPage } from './dashboard-page.ts';
import { dashboardMessages } from './messages.ts';
import { ConsoleDashboardSettings } from './settings-dialog.ts';

addMessages(dashboardMessages);
register('salespulse-console-dashboard-settings', ConsoleDashboardSettings);
register('salespulse-console-dashboard-page', ConsoleDashboardPage);
