import { type Actor, isAllowed, type Principal, recordAudit, scopeOf } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { Target, TargetCreate, TargetQuery } from '../../contracts/targets.ts';
import { type Database, isUniqueViolation, type SqlRunner } from '../../db/index.ts';
import {
  cutPage,
  decodeCursor,
  encodeCursor,
  forbidden,
  invalid,
  notFound,
  ProblemError,
  stale,
} from '../../http/index.ts';
import { round } from '../decimal.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { metricOf } from '../metrics.ts';
import { seesMetric } from '../visibility.ts';
import { attainmentsOf } from './attainment.ts';
import {
  eraseTarget,
  findTaken,
  findTarget,
  findTeamName,
  findTeamOf,
  insertTargets,
  listTargets,
  lockTarget,
  type Place,
  type TargetRow,
  writeTarget,
} from './target.repository.ts';
import { periodName, periodsFrom } from './target-periods.ts';
import type { Subject } from './target-reach.ts';

const ORDER = 'targets';
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';

const audited = ({ metric, team, user, grain, from, to, value }: TargetRow) => ({
  metric,
  team,
  user,
  grain,
  from,
  to,
  value,
});

/** Money has the decimals of its currency, sales are counted in ones. @throws ProblemError invalid */
function assertDigits(metric: TargetCreate['metric'], value: string, currencyDigits: number): void {
  const most = metricOf(metric).unit === 'money' ? currencyDigits : metric === 'salesVolume' ? 0 : 4;
  const [, fraction = ''] = value.split('.');
  if (fraction.replace(/0+$/, '').length <= most) return;
  throw invalid('/value', most === 0 ? 'must be a whole number' : `must have at most ${most} decimals`);
}

/** Whom somebody sets a target for, by name. @throws ProblemError invalid, forbidden */
async function subjectFor(
  runner: SqlRunner,
  principal: Principal,
  { teamId, userId }: TargetCreate,
): Promise<{ subject: Subject; name: string }> {
  const isWhole = scopeOf(principal, 'target.manage').kind === 'all';
  const reaches = (id: string | null) => isWhole || (id !== null && principal.teamIds.includes(id));
  if (teamId !== null) {
    const name = await findTeamName(runner, teamId);
    if (name === undefined || !reaches(teamId)) throw invalid('/teamId', 'is not a team that you set targets for');
    return { subject: { kind: 'team', id: teamId }, name };
  }
  if (userId !== null) {
    const person = await findTeamOf(runner, userId);
    if (!person || !reaches(person.teamId)) throw invalid('/userId', 'is not a person that you set targets for');
    return { subject: { kind: 'user', id: userId }, name: person.name };
  }
  if (!isWhole) throw forbidden('set targets for the whole company');
  return { subject: { kind: 'company' }, name: 'the company' };
}

const taken = (sentence: string): ProblemError =>
  new ProblemError('conflict', sentence, { errors: [{ pointer: '/from', message: 'has a target already' }] });

/** What the company, teams and people are to reach, with how far they are. */
export function createTargetService(context: AnalyticsContext, database: Database) {
  async function present(principal: Principal, rows: readonly TargetRow[]): Promise<Target[]> {
    const [attainments, { code, digits }] = await Promise.all([
      attainmentsOf(context, principal, rows),
      context.currency(),
    ]);
    return rows.map(({ rank: _rank, nameKey: _nameKey, isManaged, ...row }) => {
      const { unit } = metricOf(row.metric);
      const isMoney = unit === 'money';
      const reached = attainments.get(row.id) ?? { attained: null, attainment: null, runRate: null };
      return {
        ...row,
        unit,
        currency: isMoney ? code : null,
        value: isMoney ? round(row.value, digits) : row.value,
        ...reached,
        canEdit: isManaged && isAllowed(principal, 'target.manage'),
      };
    });
  }

  async function shown(principal: Principal, ids: readonly string[]): Promise<Target[]> {
    const rows = await Promise.all(ids.map((id) => findTarget(database.sql, principal, id)));
    return present(
      principal,
      rows.filter((row) => row !== undefined),
    );
  }

  /** The target to be changed, held until the transaction ends. @throws ProblemError not_found, forbidden, stale */
  async function editable(runner: SqlRunner, principal: Principal, id: string, version: number | null) {
    await lockTarget(runner, id);
    const row = await findTarget(runner, principal, id);
    if (!row) throw notFound('target');
    if (!row.isManaged) throw forbidden('change this target');
    if (version !== null && version !== row.version) throw stale('target');
    return row;
  }

  async function add(runner: SqlRunner, actor: Actor, input: TargetCreate, digits: number): Promise<string[]> {
    const { principal } = actor;
    const { metric, grain, from, count, value } = input;
    const label = metricOf(metric).name;
    if (!seesMetric(principal, metric)) throw forbidden(`see ${label.toLowerCase()}`);
    assertDigits(metric, value, digits);
    if (from < FIRST_DAY) throw invalid('/from', `must not be before ${FIRST_DAY}`);
    if (from > LAST_DAY) throw invalid('/from', `must not lead beyond ${LAST_DAY}`);
    const periods = periodsFrom(grain, from, count);
    if (periods.some(({ to }) => to > LAST_DAY)) throw invalid('/from', `must not lead beyond ${LAST_DAY}`);
    const { subject, name } = await subjectFor(runner, principal, input);
    const days = await findTaken(runner, subject, input, periods);
    if (days.length > 0) {
      const names = periods.filter((period) => days.includes(period.from)).map(periodName);
      const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
      throw taken(
        `There is a target already for ${label.toLowerCase()} of ${name} in ${list}: change that one instead.`,
      );
    }
    const ids = await insertTargets(runner, input, periods);
    for (const id of ids) {
      const row = await findTarget(runner, principal, id);
      if (!row) throw forbidden('set targets beyond the records whose numbers you see');
      await recordAudit(runner, actor, {
        action: 'target.created',
        entity: 'target',
        entityId: id,
        after: audited(row),
      });
    }
    return ids;
  }

  return {
    async list(principal: Principal, query: TargetQuery): Promise<{ items: Target[]; nextCursor: string | null }> {
      const position = decodeCursor(query.cursor, ORDER, 6);
      const today = businessDay(context.clock(), context.timeZone);
      const rows = await listTargets(database.sql, principal, query, today, position && placeOf(position));
      const page = cutPage(rows, query.limit, ({ from, rank, nameKey, metric, id }) =>
        encodeCursor(ORDER, [from <= today ? 1 : 0, from, rank, nameKey, metric, id]),
      );
      return { items: await present(principal, page.rows), nextCursor: page.nextCursor };
    },
    /** All of the series or none. @throws ProblemError conflict where one of its periods has a target */
    async create(actor: Actor, input: TargetCreate): Promise<Target[]> {
      const { digits } = await context.currency();
      try {
        const ids = await database.transaction((tx) => add(tx.sql, actor, input, digits));
        return await shown(actor.principal, ids);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw taken('Somebody set a target for one of these periods just now. Load the list again.');
      }
    },
    async update(actor: Actor, id: string, value: string, version: number | null): Promise<Target> {
      const { digits } = await context.currency();
      await database.transaction(async (tx) => {
        const before = await editable(tx.sql, actor.principal, id, version);
        assertDigits(before.metric, value, digits);
        await writeTarget(tx.sql, id, value);
        const after = await findTarget(tx.sql, actor.principal, id);
        await recordAudit(tx.sql, actor, {
          ...{ action: 'target.updated', entity: 'target', entityId: id },
          ...{ before: audited(before), after: after && audited(after) },
        });
      });
      const [target] = await shown(actor.principal, [id]);
      if (!target) throw notFound('target');
      return target;
    },
    remove: (actor: Actor, id: string, version: number | null): Promise<void> =>
      database.transaction(async (tx) => {
        const before = audited(await editable(tx.sql, actor.principal, id, version));
        await eraseTarget(tx.sql, id);
        await recordAudit(tx.sql, actor, { action: 'target.deleted', entity: 'target', entityId: id, before });
      }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Where a page goes on. @throws ProblemError invalid for a cursor that nobody here made */
function placeOf([hasBegun, from, rank, nameKey, metric, id]: readonly (string | number | null)[]): Place {
  const isDay = typeof from === 'string' && DAY.test(from) && !Number.isNaN(Date.parse(from));
  const isRank = typeof rank === 'number' && [1, 2, 3].includes(rank);
  const isNamed = typeof nameKey === 'string' && typeof metric === 'string' && !nameKey.includes('\0');
  if ((hasBegun === 0 || hasBegun === 1) && isDay && isRank && isNamed && typeof id === 'string' && UUID.test(id)) {
    return [hasBegun, from, rank, nameKey, metric, id];
  }
  throw invalid('/query/cursor', 'is not a cursor of this list and order');
}
