import type { Actor, Permission } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { resolveOwner } from './ownership.ts';
import type { ColumnValue } from './record-write.repository.ts';

/** Columns that take a field of the input as it is: text, number or null. Fields left out stay as they are. */
export function plainColumns(input: object, columns: Readonly<Record<string, string>>): ColumnValue[] {
  const values = input as Readonly<Record<string, string | number | null | undefined>>;
  return Object.entries(columns).flatMap(([field, column]): ColumnValue[] => {
    const value = values[field];
    return value === undefined ? [] : [[column, sql`${value}`]];
  });
}

/** The same for references (ids). */
export function idColumns(input: object, columns: Readonly<Record<string, string>>): ColumnValue[] {
  const values = input as Readonly<Record<string, string | null | undefined>>;
  return Object.entries(columns).flatMap(([field, column]): ColumnValue[] => {
    const value = values[field];
    return value === undefined ? [] : [[column, sql`${value}::uuid`]];
  });
}

/** Owner and team, checked against what the actor may give away. */
export async function ownerColumns(
  runner: SqlRunner,
  actor: Actor,
  permission: Permission,
  ownerId: string | null | undefined,
  isNew: boolean,
): Promise<ColumnValue[]> {
  if (!isNew && ownerId === undefined) return [];
  const owner = await resolveOwner(runner, actor.principal, permission, ownerId);
  return [
    ['owner_id', sql`${owner.ownerId}::uuid`],
    ['team_id', sql`${owner.teamId}::uuid`],
  ];
}
