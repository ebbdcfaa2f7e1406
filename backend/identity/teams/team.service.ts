import { type Actor, recordAudit } from '../../access/index.ts';
import type { Team } from '../../contracts/users.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../../http/index.ts';
import { exceedingInTeam } from '../grants.ts';
import { beginPeopleChange } from '../people-change.ts';
import {
  deleteTeam,
  findTeam,
  insertTeam,
  isTeamNameTaken,
  listTeamRightsIn,
  listTeams,
  listTeamsAbove,
  listTeamUses,
  lockTeam,
  type StoredTeam,
  teamExists,
  updateTeam,
} from './team.repository.ts';

export interface TeamInput {
  name: string;
  region?: string | null | undefined;
  parentId?: string | null | undefined;
}
export type TeamChange = { [Key in keyof TeamInput]?: TeamInput[Key] | undefined };

/** The company's teams, a tree: who holds a right over "the team" holds it over all teams below, too. */
export interface Teams {
  list(): Promise<Team[]>;
  /** @throws ProblemError conflict for a name in use, invalid, forbidden */
  create(actor: Actor, input: TeamInput): Promise<Team>;
  /** @throws ProblemError the same; conflict for a move below itself */
  update(actor: Actor, id: string, ifMatch: number | null, change: TeamChange): Promise<Team>;
  /** @throws ProblemError conflict while anything belongs to it */
  remove(actor: Actor, id: string, ifMatch: number | null): Promise<void>;
}

/** `onRightsChanged`: called after a change of the tree was committed. */
export function createTeams({ database, clock }: Dependencies, onRightsChanged: () => void): Teams {
  return {
    list: () => listTeams(database.sql),
    async create(caller, { name, region = null, parentId = null }) {
      const team = await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'team.manage');
        await assertNameFree(tx.sql, name, null);
        await assertParentExists(tx.sql, parentId);
        const id = await insertTeam(tx.sql, { name, region, parentId }, clock());
        const after = await existing(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'team.created',
          entity: 'team',
          entityId: id,
          after: asAudited(after),
        });
        return after;
      });
      onRightsChanged();
      return team;
    },
    async update(caller, id, ifMatch, change) {
      const team = await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'team.manage');
        const before = await locked(tx.sql, id, ifMatch);
        const row: StoredTeam = {
          name: change.name ?? before.name,
          region: change.region === undefined ? before.region : change.region,
          parentId: change.parentId === undefined ? before.parentId : change.parentId,
        };
        await assertNameFree(tx.sql, row.name, id);
        if (row.parentId !== before.parentId && row.parentId !== null) {
          await assertMovable(tx.sql, actor, before, row.parentId);
        }
        await updateTeam(tx.sql, id, row, clock());
        const after = await existing(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'team.changed',
          entity: 'team',
          entityId: id,
          before: asAudited(before),
          after: asAudited(after),
        });
        return after;
      });
      onRightsChanged();
      return team;
    },
    async remove(caller, id, ifMatch) {
      await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'team.manage');
        const before = await locked(tx.sql, id, ifMatch);
        const uses = await listTeamUses(tx.sql, id);
        if (uses.length > 0) {
          const nouns = new Intl.ListFormat('en', { type: 'conjunction' }).format(uses);
          throw new ProblemError(
            'conflict',
            `The team ${before.name} can’t be deleted: ${nouns} belong to it. Move them to another team first, or keep it for its history.`,
          );
        }
        await deleteTeam(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'team.deleted',
          entity: 'team',
          entityId: id,
          before: asAudited(before),
        });
      });
      onRightsChanged();
    },
  };
}

async function existing(runner: SqlRunner, id: string): Promise<Team> {
  const team = await findTeam(runner, id);
  if (!team) throw notFound('team');
  return team;
}

async function locked(runner: SqlRunner, id: string, ifMatch: number | null): Promise<Team> {
  const team = await lockTeam(runner, id);
  if (!team) throw notFound('team');
  if (ifMatch !== null && ifMatch !== team.version) throw stale('team');
  return team;
}

async function assertNameFree(runner: SqlRunner, name: string, exceptId: string | null): Promise<void> {
  if (!(await isTeamNameTaken(runner, name, exceptId))) return;
  throw new ProblemError('conflict', 'There is a team with this name already.', {
    errors: [{ pointer: '/name', message: 'is in use' }],
  });
}

async function assertParentExists(runner: SqlRunner, parentId: string | null): Promise<void> {
  if (parentId !== null && !(await teamExists(runner, parentId))) throw invalid('/parentId', 'is not a team');
}

/** Below another team the team comes within reach of everybody above: that, too, is a grant. */
async function assertMovable(runner: SqlRunner, actor: Actor, team: Team, parentId: string): Promise<void> {
  await assertParentExists(runner, parentId);
  const above = await listTeamsAbove(runner, parentId);
  if (above.includes(team.id)) {
    const sentence =
      parentId === team.id ? 'A team can’t stand below itself.' : 'A team can’t move below one of its own teams.';
    throw new ProblemError('conflict', sentence, {
      errors: [{ pointer: '/parentId', message: 'is the team itself or below it' }],
    });
  }
  const aboveNow = new Set(await listTeamsAbove(runner, team.id));
  const newcomers = above.filter((id) => !aboveNow.has(id));
  const opened = await listTeamRightsIn(runner, newcomers);
  const permissions = Object.fromEntries(opened.map((name) => [name, 'team' as const]));
  const [beyond] = exceedingInTeam(actor.principal, { permissions }, team.id);
  if (beyond !== undefined) {
    throw forbidden(`move this team there: people above it would get ${beyond} over it, which you do not hold`);
  }
}

const asAudited = ({ name, region, parentId }: Team) => ({ name, region, parentId });
