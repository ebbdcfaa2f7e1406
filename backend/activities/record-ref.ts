import { isInScope, type Principal, scopeOf } from '../access/index.ts';
import { idSchema, type RecordType, recordTypeSchema } from '../contracts/common.ts';
import type { ResolvedRecord } from '../contracts/timeline.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';
import { notFound, ProblemError } from '../http/index.ts';
import { findVisible, idsOfExternal } from './record-ref.repository.ts';

/** `lead:ID`, `ID`, `salesforce:ID`, `hubspot:lead:ID`, ... taken apart. */
interface Reference {
  provider: string | null;
  type: RecordType | null;
  id: string;
}

const REFERENCE = /^(?:(salesforce|hubspot):)?(?:(lead|opportunity|account|contact):)?([\w-]{1,100})$/;

function parse(text: string): Reference | null {
  const [, provider = null, type, id = ''] = REFERENCE.exec(text) ?? [];
  if (!id || (provider === null && !idSchema.safeParse(id).success)) return null;
  return { provider, type: type ? recordTypeSchema.parse(type) : null, id };
}

/**
 * The record that a page names in its own words, and what the asker may do with it.
 * @throws 404 where there is none within reach, 409 where the name fits several
 */
export async function resolveRecord(runner: SqlRunner, principal: Principal, text: string): Promise<ResolvedRecord> {
  const reference = parse(text);
  if (!reference) throw notFound('record');
  const { provider, type, id } = reference;
  const ids = provider === null ? [id] : await idsOfExternal(runner, provider, spellings(provider, id));
  const found = ids.length === 0 ? [] : await findVisible(runner, principal, ids, type ? [type] : undefined);
  const [record, other] = found;
  if (!record) throw notFound('record');
  if (other) {
    throw new ProblemError(
      'conflict',
      `Several records bear this number. Say which kind it is: ${provider}:lead:${id}.`,
    );
  }
  const place = await runner.first<{ ownerId: string | null; teamId: string | null }>(sql`
    select owner_id::text as "ownerId", team_id::text as "teamId" from ${raw(record.type)} where id = ${record.id}::uuid`);
  const canWrite = place !== undefined && isInScope(scopeOf(principal, `${record.type}.write`), place);
  return { ...record, canWrite, canTask: canWrite && principal.permissions['task.write'] !== undefined };
}

/** Salesforce writes the same id with 15 characters, or with 18 for programs that do not tell cases apart. */
function spellings(provider: string, id: string): string[] {
  if (provider !== 'salesforce' || (id.length !== 15 && id.length !== 18)) return [id];
  const short = id.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => {
    const upper = [...short.slice(start, start + 5)].map((character, place) =>
      /[A-Z]/.test(character) ? 1 << place : 0,
    );
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[upper.reduce((sum: number, bit) => sum + bit, 0)];
  });
  return [short, short + suffix.join('')];
}
