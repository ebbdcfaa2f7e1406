import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { ConsoleCheckCard } from './check-card.ts';
import { ConsoleMail, ConsoleMailsPage } from './mails-page.ts';
import { systemMessages } from './messages.ts';
import { ConsoleSystemPage } from './system-page.ts';

addMessages(systemMessages);
register('salespulse-console-check', ConsoleCheckCard);
register('salespulse-console-mail', ConsoleMail);
register('salespulse-console-system-page', ConsoleSystemPage);
register('salespulse-console-mails-page', ConsoleMailsPage);
