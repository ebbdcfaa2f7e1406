import '../../elements/kanban/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleBoardPage } from './board-page.ts';

addMessages({
  'board.new.lead': 'New lead',
  'board.new.opportunity': 'New opportunity',
});
register('salespulse-console-board-page', ConsoleBoardPage);
