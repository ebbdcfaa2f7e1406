import { ConsoleFilterMenu } from '../../parts/filter-menu.ts';
import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { ConsoleAuditPage } from './audit-page.ts';
import { ConsoleAuditEntry } from './entry-dialog.ts';
import { auditMessages } from './messages.ts';

addMessages(auditMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-audit-entry', ConsoleAuditEntry);
register('salespulse-console-audit-page', ConsoleAuditPage);
