import { register } from '../../parts/register.ts';
import { peopleMessages } from '../../people/messages.ts';
import { addMessages } from '../../text.ts';
import { teamMessages } from './messages.ts';
import { ConsoleTeamDialog } from './team-dialog.ts';
import { ConsoleTeamMembers } from './team-members.ts';
import { ConsoleTeamsPage } from './teams-page.ts';

addMessages(peopleMessages);
addMessages(teamMessages);
register('salespulse-console-team-dialog', ConsoleTeamDialog);
register('salespulse-console-team-members', ConsoleTeamMembers);
register('salespulse-console-teams-page', ConsoleTeamsPage);
