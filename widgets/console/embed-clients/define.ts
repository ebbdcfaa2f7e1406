import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleEmbedClientDialog } from './embed-client-dialog.ts';
import { ConsoleEmbedClientEdit } from './embed-client-edit.ts';
import { ConsoleEmbedClientsPage } from './embed-clients-page.ts';
import { embedClientMessages } from './messages.ts';

addMessages(embedClientMessages);
register('salespulse-console-embed-client-dialog', ConsoleEmbedClientDialog);
register('salespulse-console-embed-client-edit', ConsoleEmbedClientEdit);
register('salespulse-console-embed-clients-page', ConsoleEmbedClientsPage);
