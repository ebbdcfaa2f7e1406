import type { Write } from './write-log.ts';

/**
 * What a refused request may leave behind. Everything else in the database must stay as it was:
 * - a session was seen (its own time of last use), and an API key was used;
 * - a failed try at a secret is on record in the audit log, as an entry `...-failed`;
 * - a try was counted for throttling: that is what refusals are counted for;
 * - an Idempotency-Key is claimed before and let go after a refusal, so that nothing of it is left;
 * - a signing key is made when the first token is signed, whatever becomes of that request.
 */
const harmless: Record<string, readonly string[] | 'any'> = {
  session: ['last_seen_at'],
  api_key: ['last_used_at'],
  sign_in_attempt: 'any',
  idempotency_record: 'any',
  signing_key: 'any',
};

/** The writes that a refused request had no right to. */
export const unwanted = (writes: readonly Write[]): string[] =>
  writes
    .filter(({ table, kind, columns, row }) => {
      if (table === 'audit_entry' && kind === 'INSERT') return !/-failed$/.test(String(row.action));
      const allowed = harmless[table];
      return !(
        allowed === 'any' ||
        (allowed && kind === 'UPDATE' && columns.every((column) => allowed.includes(column)))
      );
    })
    .map(({ table, kind, columns }) => `${kind} ${table} (${columns.join(', ')})`);
