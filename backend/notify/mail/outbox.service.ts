import type { Principal } from '../../access/index.ts';
import type { Mail } from '../../contracts/administration.ts';
import type { Page } from '../../contracts/common.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { cutPage, decodeCursor, encodeCursor, notFound } from '../../http/index.ts';
import { findMail, listMails, type StoredMail } from './mail.repository.ts';
import { openBody } from './post-mail.ts';

/** What the role holds and the person does not; null for an unknown role. */
export type RightsBeyond = (runner: SqlRunner, principal: Principal, roleId: string) => Promise<string[] | null>;

const ORDER = 'mails';

/** A page of the outbox, never with what the mails say. @throws ProblemError invalid for a cursor of another list */
export async function listOutbox(
  { database }: Pick<Dependencies, 'database'>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Mail>> {
  const position = decodeCursor(cursor, ORDER, 2);
  const mails = await listMails(database.sql, position ? asPosition(position) : null, limit);
  const { rows, nextCursor } = cutPage(mails, limit, (mail) => encodeCursor(ORDER, [mail.createdAt, mail.id]));
  return { items: rows, nextCursor };
}

/** One mail. Its text may hold a link that signs its reader in, so only those see it who could be its reader. */
export async function readMail(
  { config, database }: Pick<Dependencies, 'config' | 'database'>,
  rightsBeyond: RightsBeyond,
  principal: Principal,
  id: string,
): Promise<Mail> {
  const stored = await findMail(database.sql, id);
  if (!stored) throw notFound('mail');
  const { roleId, bodySealed, ...mail } = stored;
  if (bodySealed === null || !(await isReadable(database.sql, rightsBeyond, principal, stored))) {
    return { ...mail, text: null };
  }
  return { ...mail, text: openBody(config, bodySealed)?.text ?? null };
}

async function isReadable(
  runner: SqlRunner,
  rightsBeyond: RightsBeyond,
  principal: Principal,
  { state, roleId }: StoredMail,
): Promise<boolean> {
  // Keys and embedded pages are not people who hand a link on.
  if (state !== 'kept' || principal.via !== 'session') return false;
  if (roleId === null) return true;
  const beyond = await rightsBeyond(runner, principal, roleId);
  return beyond !== null && beyond.length === 0;
}

/** A cursor is text from outside: what is no moment and no id of ours stands before the first mail. */
function asPosition([at, id]: readonly (string | number | null)[]): [string, string] {
  const moment = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  const isId = typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  return Number.isNaN(moment) || !isId
    ? [new Date(0).toISOString(), '00000000-0000-0000-0000-000000000000']
    : [new Date(moment).toISOString(), id];
}
