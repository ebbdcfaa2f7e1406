import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { signInSettingsMessages } from './messages.ts';
import { ConsoleProviderList } from './provider-list.ts';
import { ConsoleProviderPage } from './provider-page.ts';
import { ConsoleRegistrationSettings } from './registration-settings.ts';
import { ConsoleRoleMapping } from './role-mapping.ts';
import { ConsoleSignInSettingsPage } from './sign-in-settings-page.ts';

addMessages(signInSettingsMessages);
register('salespulse-console-registration-settings', ConsoleRegistrationSettings);
register('salespulse-console-provider-list', ConsoleProviderList);
register('salespulse-console-role-mapping', ConsoleRoleMapping);
register('salespulse-console-sign-in-settings-page', ConsoleSignInSettingsPage);
register('salespulse-console-provider-page', ConsoleProviderPage);
