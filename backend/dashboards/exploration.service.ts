import { type Actor, type Principal, recordAudit } from '../access/index.ts';
import type { Exploration, ExplorationCreate, ExplorationUpdate } from '../contracts/dashboards.ts';
import { isUniqueViolation, type SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, notFound, ProblemError, stale } from '../http/index.ts';
import {
  countExplorationsOf,
  type ExplorationRow,
  eraseExploration,
  insertExploration,
  listExplorations,
  lockExploration,
  writeExploration,
} from './exploration.repository.ts';
import { assertFields, assertShown, shownChart, shownSelection, whatIsHidden } from './shown-content.ts';
import { assertMayShare, isKeeper } from './viewer.ts';

/** So many saved questions of one's own. */
const MOST_EXPLORATIONS = 500;

const canEdit = (principal: Principal, { isMine, isShared }: ExplorationRow): boolean =>
  isMine || (isShared && isKeeper(principal));

/** The question as this person sees it; null where nothing of it is for them. */
function present(principal: Principal, row: ExplorationRow): Exploration | null {
  const chart = shownChart(principal, row.chart);
  const selection = shownSelection(principal, row.selection);
  return chart && { ...row, chart, selection, canEdit: canEdit(principal, row) };
}

const audited = ({ name, chart, selection, isShared }: ExplorationCreate) => ({ name, chart, selection, isShared });

/** What stays out of sight would be lost. */
function assertNothingIsLost(principal: Principal, row: ExplorationRow, input: ExplorationUpdate): void {
  for (const part of ['chart', 'selection'] as const) {
    if (input[part] === undefined || whatIsHidden(principal, { [part]: row[part] }) === null) continue;
    throw new ProblemError('forbidden', 'This question asks for figures that your role does not show you.', {
      errors: [{ pointer: `/${part}`, message: 'holds what you do not see' }],
    });
  }
}

async function named<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ProblemError(
      'conflict',
      `There is a saved question called ${name ?? 'this'} of the same person already.`,
      {
        errors: [{ pointer: '/name', message: 'is taken' }],
      },
    );
  }
}

/** Saved questions of the explore page: private ones, and those that their makers share with everybody. */
export function createExplorationService({ database }: Pick<Dependencies, 'database'>) {
  async function visible(runner: SqlRunner, principal: Principal, id: string) {
    const [row] = await listExplorations(runner, principal.userId, [id]);
    const shown = row && present(principal, row);
    if (!row || !shown) throw notFound('saved question');
    return { row, shown };
  }

  async function editable(runner: SqlRunner, principal: Principal, id: string, version: number | null) {
    await lockExploration(runner, id);
    const { row } = await visible(runner, principal, id);
    if (!canEdit(principal, row)) throw forbidden('change saved questions of others');
    if (version !== null && version !== row.version) throw stale('saved question');
    return row;
  }

  return {
    async list(principal: Principal, ids: readonly string[] | null): Promise<Exploration[]> {
      const rows = await listExplorations(database.sql, principal.userId, ids);
      return rows.flatMap((row) => present(principal, row) ?? []);
    },
    get: async (principal: Principal, id: string): Promise<Exploration> =>
      (await visible(database.sql, principal, id)).shown,
    create: (actor: Actor, input: ExplorationCreate): Promise<Exploration> =>
      named(input.name, () =>
        database.transaction(async (tx) => {
          const { principal } = actor;
          assertMayShare(principal, input.isShared, 'saved questions');
          await assertFields(tx.sql, principal, input);
          assertShown(principal, input);
          if ((await countExplorationsOf(tx.sql, principal.userId)) >= MOST_EXPLORATIONS) {
            throw new ProblemError(
              'conflict',
              `You have ${MOST_EXPLORATIONS} saved questions. Delete one before you add another.`,
            );
          }
          const id = await insertExploration(tx.sql, principal.userId, input);
          const entry = { action: 'exploration.created', entity: 'exploration', entityId: id };
          await recordAudit(tx.sql, actor, { ...entry, after: audited(input) });
          return (await visible(tx.sql, principal, id)).shown;
        }),
      ),
    update: (actor: Actor, id: string, input: ExplorationUpdate, version: number | null): Promise<Exploration> =>
      named(input.name, () =>
        database.transaction(async (tx) => {
          const { principal } = actor;
          const row = await editable(tx.sql, principal, id, version);
          const content = {
            name: input.name ?? row.name,
            chart: input.chart ?? row.chart,
            selection: input.selection ?? row.selection,
            isShared: input.isShared ?? row.isShared,
          };
          assertMayShare(principal, content.isShared, 'saved questions');
          assertNothingIsLost(principal, row, input);
          await assertFields(tx.sql, principal, input, row);
          assertShown(principal, input);
          await writeExploration(tx.sql, id, content);
          const entry = { action: 'exploration.updated', entity: 'exploration', entityId: id };
          await recordAudit(tx.sql, actor, { ...entry, before: audited(row), after: content });
          // Whoever took back what somebody else shared doesn't see it from now on.
          const owner = row.isMine || content.isShared ? principal.userId : (row.owner?.id ?? principal.userId);
          const [after] = await listExplorations(tx.sql, owner, [id]);
          const shown = after && present(principal, { ...after, isMine: row.isMine });
          if (!shown) throw notFound('saved question');
          return shown;
        }),
      ),
    remove: (actor: Actor, id: string, version: number | null): Promise<void> =>
      database.transaction(async (tx) => {
        const row = await editable(tx.sql, actor.principal, id, version);
        await eraseExploration(tx.sql, id);
        const entry = { action: 'exploration.deleted', entity: 'exploration', entityId: id };
        await recordAudit(tx.sql, actor, { ...entry, before: audited(row) });
      }),
  };
}
