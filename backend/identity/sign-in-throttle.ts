import { type Database, type SqlRunner, sql } from '../db/index.ts';
import { ProblemError } from '../http/index.ts';

const WINDOW_MS = 15 * 60_000;
/** Failures before waiting begins, and the longest wait. The wait doubles with each failure past `free`. */
const ACCOUNT_LIMIT = { free: 5, maxWaitMs: 5 * 60_000 };
/** An address may be a whole office: more failures, and nobody waits long because of a neighbour. */
const ADDRESS_LIMIT = { free: 30, maxWaitMs: 60_000 };

interface Failures {
  count: number;
  /** milliseconds since 1970; null when there are none */
  lastAt: number | null;
}

/** How long to wait from the last failure on; 0 while there are few. */
export function waitMs(failures: number, limit: { free: number; maxWaitMs: number }): number {
  return failures < limit.free ? 0 : Math.min(1000 * 2 ** (failures - limit.free), limit.maxWaitMs);
}

/** Slows guessing down, before any hash is computed. Nobody is locked out for good. */
export interface SignInThrottle {
  /**
   * Takes one try for this account and address. It counts as failed until `succeeded`, so
   * that tries sent at the same time count too.
   *
   * @throws ProblemError too_many_requests with Retry-After
   */
  attempt(account: string, address: string): Promise<void>;
  /** The password was right: earlier failures of this account from this address are forgiven. */
  succeeded(runner: SqlRunner, account: string, address: string): Promise<void>;
}

export function createSignInThrottle(database: Database, clock: () => Date): SignInThrottle {
  return {
    attempt: (account, address) =>
      database.transaction(async (tx) => {
        const now = clock();
        // One try after another for the same account and address; others don't wait.
        await tx.sql.rows(sql`
          select pg_advisory_xact_lock(hashtextextended(${`sign-in ${account} ${address}`}, 0))::text as locked`);
        const since = new Date(now.getTime() - WINDOW_MS).toISOString();
        const own = await failures(
          tx.sql,
          sql`account = ${account} and address = ${address} and at > ${since}::timestamptz`,
        );
        const near = await failures(tx.sql, sql`address = ${address} and at > ${since}::timestamptz`);
        const wait = Math.max(remaining(own, ACCOUNT_LIMIT, now), remaining(near, ADDRESS_LIMIT, now));
        if (wait > 0) {
          const seconds = Math.ceil(wait / 1000);
          throw new ProblemError('too_many_requests', `Too many failed sign-ins. Try again in ${seconds} seconds.`, {
            headers: { 'Retry-After': String(seconds) },
          });
        }
        await tx.sql.rows(sql`
          insert into sign_in_attempt (account, address, at) values (${account}, ${address}, ${now.toISOString()}::timestamptz)`);
        await tx.sql.rows(sql`delete from sign_in_attempt where at < ${since}::timestamptz - interval '1 day'`);
      }),
    async succeeded(runner, account, address) {
      await runner.rows(sql`delete from sign_in_attempt where account = ${account} and address = ${address}`);
    },
  };
}

async function failures(runner: SqlRunner, condition: ReturnType<typeof sql>): Promise<Failures> {
  const row = await runner.first<Failures>(sql`
    select count(*)::int as count, (extract(epoch from max(at)) * 1000)::float8 as "lastAt"
    from sign_in_attempt where ${condition}`);
  return row ?? { count: 0, lastAt: null };
}

function remaining(failed: Failures, limit: typeof ACCOUNT_LIMIT, now: Date): number {
  if (failed.lastAt === null) return 0;
  return Math.max(0, failed.lastAt + waitMs(failed.count, limit) - now.getTime());
}
