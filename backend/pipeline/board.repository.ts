import { type Principal, scopeOf, scopeSql } from '../access/index.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { encodeCursor } from '../http/index.ts';
import { filterSql, type RecordFilters } from './record.repository.ts';
import { namedJson, type RecordKind } from './record-kind.ts';

/** Cursors of a column are made for this order. */
export const COLUMN_ORDER = 'position';

export interface StageRow {
  id: string;
  name: string;
  kind: string;
  probability: number;
  position: number;
}

interface ColumnRow {
  count: number;
  value: string;
  cards: string;
  shown: number;
  lastPosition: number | null;
  lastId: string | null;
}

function cardJson(kind: RecordKind, principal: Principal): Sql {
  return sql`json_build_object('id', r.id, 'title', r.name, 'subtitle', ${kind.subtitle},
    'value', money_json(${kind.value}, r.currency_code), 'owner', ${namedJson('o')}, 'score', r.score,
    'position', r.position, 'stageSince', r.stage_since, 'dueOn', ${kind.dueOn}, 'version', r.version,
    'canMove', ${scopeSql(scopeOf(principal, kind.write), 'r')})`;
}

/**
 * One column of the board as JSON text: the stage, count and value of all its cards within filters and scope,
 * and the cards from `after` on.
 */
export async function readColumn(
  runner: SqlRunner,
  kind: RecordKind,
  principal: Principal,
  stage: StageRow,
  query: RecordFilters & { limit: number; after: { position: string; id: string } | null; currency: string },
): Promise<string> {
  const joins = raw(kind.entity === 'opportunity' ? 'left join account a on a.id = r.account_id' : '');
  const reach = scopeOf(principal, kind.read);
  const where = sql`r.stage_id = ${stage.id}::uuid and r.deleted_at is null
    and ${scopeSql(reach, 'r')} ${filterSql(kind, reach, query, principal.userId)}`;
  const after = query.after
    ? sql`and (r.position, r.id) > (${query.after.position}::text::float8, ${query.after.id}::uuid)`
    : raw('');
  const row = await runner.first<ColumnRow>(sql`
    select totals.count, totals.value, cards.cards, cards.shown, cards."lastPosition", cards."lastId"
    from (
      select count(*)::int as count, round(coalesce(sum(${kind.valueBase}), 0), currency_digits(${query.currency}))::text as value
      from ${kind.table} r ${query.q ? joins : raw('')} where ${where}
    ) totals, (
      select coalesce(json_agg(card order by position, id), '[]')::text as cards, count(*)::int as shown,
        (array_agg(position order by position desc, id desc))[1] as "lastPosition",
        (array_agg(id::text order by position desc, id desc))[1] as "lastId"
      from (
        select r.position, r.id, ${cardJson(kind, principal)} as card
        from ${kind.table} r left join app_user o on o.id = r.owner_id ${kind.cardJoins}
        where ${where} ${after} order by r.position, r.id ${limitSql(query.limit)}
      ) page
    ) cards`);
  if (!row) throw new Error('an aggregate without a row');
  const hasMore = row.shown === query.limit && row.lastId !== null;
  const nextCursor = hasMore ? encodeCursor(COLUMN_ORDER, [row.lastPosition, row.lastId]) : null;
  const value = { amount: row.value, currency: query.currency };
  return `{"stage":${JSON.stringify(stage)},"count":${row.count},"value":${JSON.stringify(value)},"cards":${row.cards},"nextCursor":${JSON.stringify(nextCursor)}}`;
}
