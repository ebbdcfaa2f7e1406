import { ConsoleFilterMenu } from '../parts/filter-menu.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { peopleMessages } from './messages.ts';
import { ConsoleUserDialog } from './user-dialog.ts';
import { ConsoleUsersPage } from './users-page.ts';

addMessages(peopleMessages);
register('salespulse-console-filter-menu', ConsoleFilterMenu);
register('salespulse-console-user-dialog', ConsoleUserDialog);
register('salespulse-console-users-page', ConsoleUsersPage);
