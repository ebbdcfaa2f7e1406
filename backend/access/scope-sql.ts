import { raw, type Sql, sql } from '../db/index.ts';
import type { RecordScope } from './principal.ts';

/**
 * The condition that keeps a statement within a scope. `alias` is the table's alias; the table has
 * owner_id and team_id (or `columns` names others). Every read and write of owned records carries it.
 */
export function scopeSql(
  scope: RecordScope,
  alias: string,
  columns: { owner: string; team: string } = {
    owner: 'owner_id',
    team: 'team_id',
  },
): Sql {
  const owner = raw(`${alias}.${columns.owner}`);
  const team = raw(`${alias}.${columns.team}`);
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'none':
      return sql`false`;
    case 'own':
      return sql`${owner} = ${scope.userId}::uuid`;
    case 'team':
      return sql`(${team} = any(${scope.teamIds}::uuid[]) or ${owner} = ${scope.userId}::uuid)`;
    default:
      return scope satisfies never;
  }
}
