import { type Actor, type Principal, recordAudit } from '../access/index.ts';
import type { Dashboard, DashboardCreate, DashboardUpdate } from '../contracts/dashboards.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import {
  chooseHome,
  countDashboardsOf,
  type DashboardContent,
  type DashboardRow,
  eraseDashboard,
  findDashboard,
  findHomeId,
  findUnknownRoles,
  insertDashboard,
  listDashboards,
  lockDashboard,
  writeDashboard,
} from './dashboard.repository.ts';
import { assertFields, assertShown, shownPanels, shownSelection, whatIsHidden } from './shown-content.ts';
import { assertMayShare, isKeeper, viewerOf } from './viewer.ts';

/** So many dashboards of one's own. */
const MOST_DASHBOARDS = 200;

/** What is left of a letter beyond U+FFFF that was cut in two. */
const HALF_LETTER = /[\ud800-\udbff]$/;

const canEdit = (principal: Principal, { isMine, audience }: DashboardRow): boolean =>
  isMine || (audience !== 'private' && isKeeper(principal));

/** The dashboard as this person sees it. */
const present = (principal: Principal, row: DashboardRow, homeId: string | null): Dashboard => ({
  ...row,
  canEdit: canEdit(principal, row),
  isHome: row.id === homeId,
  // Names of roles are for who sees roles; whoever may change whom it is for must know it.
  roles: canEdit(principal, row) ? row.roles : [],
  selection: shownSelection(principal, row.selection),
  panels: shownPanels(principal, row.panels),
});

/** What is kept in the audit log: the definition, whoever changed it. */
const audited = ({ name, description, audience, roles, selection, panels }: DashboardRow) => ({
  ...{ name, description, audience, selection, panels },
  roles: roles.map((role) => role.name),
});

function merged(row: DashboardRow, input: DashboardUpdate): DashboardContent {
  const audience = input.audience ?? row.audience;
  return {
    name: input.name ?? row.name,
    description: input.description ?? row.description,
    audience,
    roleIds: audience === 'roles' ? (input.roleIds ?? row.roles.map(({ id }) => id)) : [],
    selection: input.selection ?? row.selection,
    panels: input.panels ?? row.panels,
  };
}

/** What stays out of sight would be lost: such parts are changed only by who sees all of them. */
function assertNothingIsLost(principal: Principal, row: DashboardRow, input: DashboardUpdate): void {
  for (const part of ['panels', 'selection'] as const) {
    if (input[part] === undefined || whatIsHidden(principal, { [part]: row[part] }) === null) continue;
    throw new ProblemError(
      'forbidden',
      'This dashboard holds figures that your role does not show you. Copy it, and change the copy.',
      { errors: [{ pointer: `/${part}`, message: 'holds what you do not see' }] },
    );
  }
}

async function assertAudience(
  runner: SqlRunner,
  row: DashboardRow | null,
  { audience, roleIds }: DashboardContent,
): Promise<void> {
  if (audience === 'private' && row?.key)
    throw invalid('/audience', 'must be others: this dashboard belongs to nobody');
  if (audience !== 'roles') return;
  if (roleIds.length === 0) throw invalid('/roleIds', 'must name at least one role');
  const [unknown] = await findUnknownRoles(runner, roleIds);
  if (unknown) throw invalid(`/roleIds/${roleIds.indexOf(unknown)}`, 'is not a role');
}

/** Dashboards: one's own, those that others share, and those that came with the product. */
export function createDashboardService({ database }: Pick<Dependencies, 'database'>) {
  async function existing(runner: SqlRunner, principal: Principal, id: string): Promise<DashboardRow> {
    const row = await findDashboard(runner, viewerOf(principal), id);
    if (!row) throw notFound('dashboard');
    return row;
  }

  async function shown(runner: SqlRunner, principal: Principal, id: string): Promise<Dashboard> {
    const row = await existing(runner, principal, id);
    return present(principal, row, await findHomeId(runner, viewerOf(principal)));
  }

  async function add(runner: SqlRunner, actor: Actor, content: DashboardContent): Promise<Dashboard> {
    const { principal } = actor;
    if ((await countDashboardsOf(runner, principal.userId)) >= MOST_DASHBOARDS) {
      throw new ProblemError('conflict', `You have ${MOST_DASHBOARDS} dashboards. Delete one before you add another.`);
    }
    const id = await insertDashboard(runner, principal.userId, content);
    const after = audited(await existing(runner, principal, id));
    await recordAudit(runner, actor, { action: 'dashboard.created', entity: 'dashboard', entityId: id, after });
    return shown(runner, principal, id);
  }

  /** The dashboard to be changed, held until the transaction ends. @throws ProblemError not_found, forbidden, stale */
  async function editable(runner: SqlRunner, principal: Principal, id: string, version: number | null) {
    await lockDashboard(runner, id);
    const row = await existing(runner, principal, id);
    if (!canEdit(principal, row)) throw forbidden('change this dashboard');
    if (version !== null && version !== row.version) throw stale('dashboard');
    return row;
  }

  return {
    /** The one the person starts with, then built-in ones, then the others by name. */
    async list(principal: Principal): Promise<Dashboard[]> {
      const viewer = viewerOf(principal);
      const homeId = await findHomeId(database.sql, viewer);
      const all = (await listDashboards(database.sql, viewer)).map((row) => present(principal, row, homeId));
      return [...all.filter(({ isHome }) => isHome), ...all.filter(({ isHome }) => !isHome)];
    },
    get: (principal: Principal, id: string): Promise<Dashboard> => shown(database.sql, principal, id),
    create: (actor: Actor, { roleIds, ...input }: DashboardCreate): Promise<Dashboard> =>
      database.transaction(async (tx) => {
        const content = { ...input, roleIds: input.audience === 'roles' ? roleIds : [] };
        assertMayShare(actor.principal, input.audience !== 'private', 'dashboards');
        await assertFields(tx.sql, actor.principal, input);
        assertShown(actor.principal, input);
        await assertAudience(tx.sql, null, content);
        return add(tx.sql, actor, content);
      }),
    /** A private one of one's own, with what the person sees of the other. */
    copy: (actor: Actor, id: string): Promise<Dashboard> =>
      database.transaction(async (tx) => {
        const { name, description, selection, panels } = await shown(tx.sql, actor.principal, id);
        const copy = {
          name: `Copy of ${name}`.slice(0, 100).replace(HALF_LETTER, '').trim(),
          description,
          selection,
          panels,
        };
        return add(tx.sql, actor, { ...copy, audience: 'private', roleIds: [] });
      }),
    update: (actor: Actor, id: string, input: DashboardUpdate, version: number | null): Promise<Dashboard> =>
      database.transaction(async (tx) => {
        const { principal } = actor;
        const row = await editable(tx.sql, principal, id, version);
        const content = merged(row, input);
        assertMayShare(principal, content.audience !== 'private', 'dashboards');
        assertNothingIsLost(principal, row, input);
        await assertFields(tx.sql, principal, input, row);
        assertShown(principal, input);
        if (input.audience !== undefined || input.roleIds !== undefined) await assertAudience(tx.sql, row, content);
        await writeDashboard(tx.sql, id, content);
        // An administrator who made somebody's dashboard private again doesn't see it any more: the log does.
        const viewer = { ...viewerOf(principal), userId: row.owner?.id ?? principal.userId, isKeeper: true };
        const after = await findDashboard(tx.sql, viewer, id);
        if (!after) throw notFound('dashboard');
        await recordAudit(tx.sql, actor, {
          ...{ action: 'dashboard.updated', entity: 'dashboard', entityId: id },
          ...{ before: audited(row), after: audited(after) },
        });
        return present(principal, { ...after, isMine: row.isMine }, await findHomeId(tx.sql, viewerOf(principal)));
      }),
    remove: (actor: Actor, id: string, version: number | null): Promise<void> =>
      database.transaction(async (tx) => {
        const row = await editable(tx.sql, actor.principal, id, version);
        if (row.key !== null) {
          throw new ProblemError(
            'conflict',
            'This dashboard came with SalesPulse and stays; you can change what it shows.',
          );
        }
        await eraseDashboard(tx.sql, id);
        const before = audited(row);
        await recordAudit(tx.sql, actor, { action: 'dashboard.deleted', entity: 'dashboard', entityId: id, before });
      }),
    /** What the person starts with from now on; null: what suits their role. */
    chooseHome: (actor: Actor, id: string | null): Promise<void> =>
      database.transaction(async (tx) => {
        const { principal } = actor;
        if (id !== null) await existing(tx.sql, principal, id);
        const before = await chooseHome(tx.sql, principal.userId, id);
        if (before === id) return;
        await recordAudit(tx.sql, actor, {
          ...{ action: 'user.home-chosen', entity: 'user', entityId: principal.userId },
          ...{ before: { dashboardId: before }, after: { dashboardId: id } },
        });
      }),
  };
}
