import { createHash } from 'node:crypto';
import type { Principal } from '../access/index.ts';
import { type Database, sql } from '../db/index.ts';
import { ProblemError } from './problems.ts';
import type { Reply } from './route.ts';

const MAX_KEY_LENGTH = 200;

interface StoredReply {
  requestHash: string;
  status: number | null;
  headers: { version?: number; location?: string } | null;
  body: string | null;
}

/** Where answers to POSTs with an Idempotency-Key are remembered (24 h). */
export interface Idempotency {
  /** Claims the key for this request; answers what is stored when somebody claimed it before. */
  claim(userId: string, key: string, route: string, requestHash: string): Promise<StoredReply | null>;
  complete(userId: string, key: string, reply: Reply): Promise<void>;
  /** The request failed before it changed anything: the key may be used again. */
  release(userId: string, key: string): Promise<void>;
}

export function createIdempotency(database: Database): Idempotency {
  return {
    async claim(userId, key, route, requestHash) {
      const claimed = await database.sql.first(sql`
        insert into idempotency_record (user_id, key, route, request_hash)
        values (${userId}::uuid, ${key}, ${route}, ${requestHash}) on conflict do nothing returning key`);
      if (claimed) return null;
      const stored = await database.sql.first<StoredReply>(sql`
        select request_hash as "requestHash", status, headers, body from idempotency_record
        where user_id = ${userId}::uuid and key = ${key}`);
      return stored ?? null;
    },
    async complete(userId, key, reply) {
      const body = reply.json ?? (reply.body === undefined ? null : JSON.stringify(reply.body));
      await database.sql.rows(sql`
        update idempotency_record set status = ${reply.status ?? (body === null ? 204 : 200)}, body = ${body},
          headers = ${JSON.stringify({ version: reply.version, location: reply.headers?.Location })}::jsonb
        where user_id = ${userId}::uuid and key = ${key}`);
    },
    async release(userId, key) {
      await database.sql.rows(sql`
        delete from idempotency_record where user_id = ${userId}::uuid and key = ${key} and status is null`);
    },
  };
}

/**
 * Runs a POST at most once per (person, key). A repeat gets the first answer; the same key with another
 * request is refused. When the process died between the change and the note of its answer, a repeat is
 * refused too (409): better to look than to do it twice.
 */
export async function replayable(
  store: Idempotency,
  request: { key: string; principal: Principal; route: string; body: unknown },
  run: () => Promise<Reply | undefined>,
): Promise<Reply | undefined> {
  const { key, principal } = request;
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw new ProblemError('malformed_request', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const hash = createHash('sha256')
    .update(request.route)
    .update('\0')
    .update(JSON.stringify(request.body) ?? '')
    .update('\0')
    // An answer is not repeated to a credential of the same person that sees other records or fields.
    .update(JSON.stringify([Object.entries(principal.permissions).sort(), [...principal.teamIds].sort()]))
    .update([...principal.fieldGroups].sort().join())
    .update(JSON.stringify(principal.fieldGroups.hiddenCustom))
    .digest('hex');
  const stored = await store.claim(principal.userId, key, request.route, hash);
  if (stored) {
    if (stored.requestHash !== hash) {
      throw new ProblemError('idempotency_mismatch', 'Use a new Idempotency-Key for a new request.');
    }
    if (stored.status === null) {
      throw new ProblemError(
        'request_in_progress',
        'The same request was sent before and its outcome is not known yet. Look at the record before you try again.',
      );
    }
    return {
      status: stored.status,
      ...(stored.body === null ? {} : { json: stored.body }),
      ...(stored.headers?.version === undefined ? {} : { version: stored.headers.version }),
      headers: {
        'Idempotent-Replay': 'true',
        ...(stored.headers?.location === undefined ? {} : { Location: stored.headers.location }),
      },
    };
  }
  let reply: Reply | undefined;
  try {
    reply = await run();
  } catch (error) {
    await store.release(principal.userId, key);
    throw error;
  }
  await store.complete(principal.userId, key, reply ?? {});
  return reply;
}
