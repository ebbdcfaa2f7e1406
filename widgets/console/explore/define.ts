import '../../elements/explore/define.ts';
import { ConsoleDrillDialog } from '../dashboard/drill-dialog.ts';
import { dashboardMessages } from '../dashboard/messages.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleExplorePage } from './explore-page.ts';

addMessages(dashboardMessages);
register('salespulse-console-drill-dialog', ConsoleDrillDialog);
register('salespulse-console-explore-page', ConsoleExplorePage);
