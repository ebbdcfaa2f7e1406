import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleAutomationEditPage } from './editor-page.ts';
import { automationMessages } from './messages.ts';
import { ConsoleAutomationRulePage } from './rule-page.ts';
import { ConsoleAutomationPage } from './rules-page.ts';
import { ConsoleAutomationRuns } from './runs-list.ts';
import { ConsoleMailTemplatesPage } from './templates-page.ts';

addMessages(automationMessages);
register('salespulse-console-automation-page', ConsoleAutomationPage);
register('salespulse-console-automation-rule-page', ConsoleAutomationRulePage);
register('salespulse-console-automation-edit-page', ConsoleAutomationEditPage);
register('salespulse-console-automation-runs', ConsoleAutomationRuns);
register('salespulse-console-mail-templates-page', ConsoleMailTemplatesPage);
