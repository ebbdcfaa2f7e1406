import '../records/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleBookedSales } from './booked-sales.ts';
import { opportunityMessages } from './messages.ts';
import { ConsoleNewOpportunityPage } from './new-opportunity-page.ts';
import { ConsoleOpportunitiesPage } from './opportunities-page.ts';
import { ConsoleOpportunityPage } from './opportunity-page.ts';
import { ConsoleWinDialog } from './win-dialog.ts';

addMessages(opportunityMessages);
register('salespulse-console-booked-sales', ConsoleBookedSales);
register('salespulse-console-win-dialog', ConsoleWinDialog);
register('salespulse-console-opportunities-page', ConsoleOpportunitiesPage);
register('salespulse-console-opportunity-page', ConsoleOpportunityPage);
register('salespulse-console-opportunity-new-page', ConsoleNewOpportunityPage);
