import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleInviteDialog } from './invite-dialog.ts';
import { peopleMessages } from './messages.ts';
import { ConsoleUserDialog } from './user-dialog.ts';
import { ConsoleUserPage } from './user-page.ts';
import { ConsoleUserProtection } from './user-protection.ts';
import { ConsoleUsersPage } from './users-page.ts';

addMessages(peopleMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-user-dialog', ConsoleUserDialog);
register('salespulse-console-invite-dialog', ConsoleInviteDialog);
register('salespulse-console-user-protection', ConsoleUserProtection);
register('salespulse-console-users-page', ConsoleUsersPage);
register('salespulse-console-user-page', ConsoleUserPage);
