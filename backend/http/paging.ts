import { ProblemError } from './problems.ts';

/** Keyset position: the sort value and the id of the last row shown. */
export type Cursor = readonly (string | number | null)[];

/** An opaque cursor for `nextCursor`. `sort` names list and order and is kept in it, so that a cursor of others is refused. */
export function encodeCursor(sort: string, position: Cursor): string {
  return Buffer.from(JSON.stringify([sort, ...position])).toString('base64url');
}

/** @throws ProblemError when the cursor was not made by `encodeCursor` for this order */
export function decodeCursor(
  cursor: string | undefined,
  sort: string,
  length: number,
): (string | number | null)[] | null {
  if (cursor === undefined) return null;
  const wrong = new ProblemError('invalid', 'cursor: is not a cursor of this list and order.', {
    errors: [
      {
        pointer: '/query/cursor',
        message: 'is not a cursor of this list and order',
      },
    ],
  });
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw wrong;
  }
  if (!Array.isArray(parts) || parts.length !== length + 1 || parts[0] !== sort) throw wrong;
  const position = parts.slice(1) as unknown[];
  if (!position.every((part) => part === null || typeof part === 'string' || typeof part === 'number')) throw wrong;
  return position as (string | number | null)[];
}

/** Cuts the extra row that told whether there is more. */
export function cutPage<Row>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  if (rows.length <= limit) return { rows, nextCursor: null };
  const page = rows.slice(0, limit);
  const last = page[page.length - 1];
  return { rows: page, nextCursor: last === undefined ? null : cursorOf(last) };
}
