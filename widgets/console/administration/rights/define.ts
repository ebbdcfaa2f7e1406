import { register } from '../../parts/register.ts';
import { addMessages } from '../../text.ts';
import { rightsMessages } from './messages.ts';
import { ConsoleRightsGrid } from './rights-grid.ts';

addMessages(rightsMessages);
register('salespulse-console-rights-grid', ConsoleRightsGrid);
