import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import '../rights/define.ts';
import { roleMessages } from './messages.ts';
import { ConsoleRoleNewPage } from './new-role-page.ts';
import { ConsoleRolePage } from './role-page.ts';
import { ConsoleRolesPage } from './roles-page.ts';

addMessages(roleMessages);
register('salespulse-console-roles-page', ConsoleRolesPage);
register('salespulse-console-role-page', ConsoleRolePage);
register('salespulse-console-role-new-page', ConsoleRoleNewPage);
