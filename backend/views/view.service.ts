import {
  type Actor,
  isAllowed,
  isFieldShown,
  type Permission,
  type Principal,
  recordAudit,
  scopeOf,
} from '../access/index.ts';
import type { SavedView, SavedViewCreate, SavedViewUpdate } from '../contracts/views.ts';
import { isUniqueViolation, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, notFound, ProblemError, stale } from '../http/index.ts';
import { eraseView, findView, insertView, listViews, lockView, type ViewRow, writeView } from './view.repository.ts';

const CUSTOM = /^-?(custom\.[a-z][a-z0-9_]*)/;

const present = ({ ownerId: _, ...view }: ViewRow): SavedView => view;

/** Does everything that the view names show to this person? What is hidden is not even named to them. */
function isShownTo(principal: Principal, { entity, filters, columns, sort }: SavedView): boolean {
  const permission = `${entity}.read` as Permission;
  if (!isAllowed(principal, permission)) return false;
  const reach = scopeOf(principal, permission);
  return [...Object.keys(filters), ...columns, sort ?? ''].every((name) => {
    const [, field] = CUSTOM.exec(name) ?? [];
    return field === undefined || isFieldShown(entity, field, reach);
  });
}

function contentOf(view: SavedView, input: SavedViewUpdate) {
  return {
    name: input.name ?? view.name,
    filters: input.filters ?? view.filters,
    columns: input.columns ?? view.columns,
    sort: input.sort === undefined ? view.sort : input.sort,
    isShared: input.isShared ?? view.isShared,
  };
}

/** Saved views: private ones, and those that their makers share with everybody. */
export function createViewService({ database }: Pick<Dependencies, 'database'>) {
  async function visible(tx: Pick<Tx, 'sql'>, principal: Principal, id: string): Promise<ViewRow> {
    const view = await findView(tx.sql, principal.userId, id);
    if (!view || !isShownTo(principal, view)) throw notFound('view');
    return view;
  }

  const mayShare = (principal: Principal, isShared: boolean | undefined): void => {
    if (isShared && !isAllowed(principal, 'view.share')) throw forbidden('share views');
  };

  /** Tells names that are taken. */
  async function named<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ProblemError('conflict', `You have a view called ${name ?? 'this'} already.`, {
        errors: [{ pointer: '/name', message: 'is taken' }],
      });
    }
  }

  return {
    async list(principal: Principal, query: { entity: string | null; onlyMine: boolean }): Promise<SavedView[]> {
      const views = await listViews(database.sql, principal.userId, query);
      return views.filter((view) => isShownTo(principal, view)).map(present);
    },
    create: (actor: Actor, input: SavedViewCreate): Promise<SavedView> =>
      named(input.name, () =>
        database.transaction(async (tx) => {
          const { principal } = actor;
          const permission = `${input.entity}.read` as Permission;
          if (!isAllowed(principal, permission)) throw forbidden(`see ${input.entity} records`);
          mayShare(principal, input.isShared);
          const id = await insertView(tx.sql, principal.userId, input);
          await recordAudit(tx.sql, actor, { action: 'view.created', entity: 'view', entityId: id, after: input });
          return present(await visible(tx, principal, id));
        }),
      ),
    /** Only who made it changes it. */
    update: (actor: Actor, id: string, input: SavedViewUpdate, version: number | null): Promise<SavedView> =>
      named(input.name, () =>
        database.transaction(async (tx) => {
          const { principal } = actor;
          await lockView(tx.sql, id);
          const view = await visible(tx, principal, id);
          if (!view.isMine) throw forbidden('change views of others');
          mayShare(principal, input.isShared ?? view.isShared);
          if (version !== null && version !== view.version) throw stale('view');
          await writeView(tx.sql, id, contentOf(view, input));
          const after = present(await visible(tx, principal, id));
          await recordAudit(tx.sql, actor, {
            action: 'view.updated',
            entity: 'view',
            entityId: id,
            before: present(view),
            after,
          });
          return after;
        }),
      ),
    /** Who may share views may also take away those that others share. */
    remove: (actor: Actor, id: string, version: number | null): Promise<void> =>
      database.transaction(async (tx) => {
        const { principal } = actor;
        await lockView(tx.sql, id);
        const view = await visible(tx, principal, id);
        if (!view.isMine && !isAllowed(principal, 'view.share')) throw forbidden('delete views of others');
        if (version !== null && version !== view.version) throw stale('view');
        await eraseView(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'view.deleted',
          entity: 'view',
          entityId: id,
          before: present(view),
        });
      }),
  };
}
