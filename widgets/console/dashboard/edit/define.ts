import '../../../elements/dashboard/define.ts';
import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { dashboardMessages } from '../messages.ts';
import { ConsoleDashboardEditPage } from './edit-page.ts';
import { ConsolePanelDialog } from './panel-dialog.ts';

addMessages(dashboardMessages);
register('salespulse-console-panel-dialog', ConsolePanelDialog);
register('salespulse-console-dashboard-edit-page', ConsoleDashboardEditPage);
