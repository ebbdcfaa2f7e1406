import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import '../rights/define.ts';
import { ConsoleApiKeysPage } from './api-keys-page.ts';
import { apiKeyMessages } from './messages.ts';
import { ConsoleApiKeyNewPage } from './new-api-key-page.ts';

addMessages(apiKeyMessages);
register('salespulse-console-api-keys-page', ConsoleApiKeysPage);
register('salespulse-console-api-key-new-page', ConsoleApiKeyNewPage);
