import { type Database, type SqlRunner, sql } from '../db/index.ts';
import { ProblemError } from '../http/index.ts';

const WINDOW_MS = 15 * 60_000;
/** Tries before waiting begins, and the longest wait. The wait doubles with each try past `free`. */
interface Limit {
  free: number;
  maxWaitMs: number;
}

/** What can be guessed or flooded. Own: per account and address; near: per address, which may be a whole office. */
const LIMITS = {
  'sign-in': { own: { free: 5, maxWaitMs: 5 * 60_000 }, near: { free: 30, maxWaitMs: 60_000 } },
  mfa: { own: { free: 5, maxWaitMs: 15 * 60_000 }, near: { free: 30, maxWaitMs: 60_000 } },
  proof: { own: { free: 5, maxWaitMs: 5 * 60_000 }, near: { free: 30, maxWaitMs: 60_000 } },
  mail: { own: { free: 3, maxWaitMs: 15 * 60_000 }, near: { free: 20, maxWaitMs: 5 * 60_000 } },
  link: { own: { free: 10, maxWaitMs: 60_000 }, near: { free: 30, maxWaitMs: 60_000 } },
  check: { own: { free: 100, maxWaitMs: 10_000 }, near: { free: 200, maxWaitMs: 10_000 } },
} as const satisfies Record<string, { own: Limit; near: Limit }>;
export type ThrottledAction = keyof typeof LIMITS;

/** What a person who must wait reads. */
const TOO_MANY: Record<ThrottledAction, string> = {
  'sign-in': 'Too many failed sign-ins.',
  mfa: 'Too many wrong codes.',
  proof: 'Too many wrong answers.',
  mail: 'Too many mails were asked for.',
  link: 'Too many links were tried.',
  check: 'Too many questions.',
};

interface Failures {
  count: number;
  /** milliseconds since 1970; null when there are none */
  lastAt: number | null;
}

/** How long to wait from the last failure on; 0 while there are few. */
export function waitMs(failures: number, limit: Limit): number {
  return failures < limit.free ? 0 : Math.min(1000 * 2 ** (failures - limit.free), limit.maxWaitMs);
}

/** Slows guessing and flooding down, before any hash is computed. Nobody is locked out for good. */
export interface Throttle {
  /**
   * Takes one try for this account (an e-mail address, an id, or '' where there is none) and address. It counts
   * as failed until `succeeded`, so that tries sent at the same time count too.
   *
   * @throws ProblemError too_many_requests with Retry-After
   */
  attempt(action: ThrottledAction, account: string, address: string): Promise<void>;
  /** The answer was right: earlier failures of this account from this address are forgiven. */
  succeeded(runner: SqlRunner, action: ThrottledAction, account: string, address: string): Promise<void>;
}

/** Counts in PostgreSQL, so that it holds over replicas and restarts and whether Redis is there or not. */
export function createThrottle(database: Database, clock: () => Date): Throttle {
  return {
    attempt: (action, account, address) =>
      database.transaction(async (tx) => {
        const now = clock();
        const limits = LIMITS[action];
        // One try after another for the same account and address; others don't wait.
        await tx.sql.rows(sql`
          select pg_advisory_xact_lock(hashtextextended(${`${action} ${account} ${address}`}, 0))::text as locked`);
        const since = new Date(now.getTime() - WINDOW_MS).toISOString();
        const own = await failures(
          tx.sql,
          sql`action = ${action} and account = ${account} and address = ${address} and at > ${since}::timestamptz`,
        );
        const near = await failures(
          tx.sql,
          sql`action = ${action} and address = ${address} and at > ${since}::timestamptz`,
        );
        const wait = Math.max(remaining(own, limits.own, now), remaining(near, limits.near, now));
        if (wait > 0) {
          const seconds = Math.ceil(wait / 1000);
          throw new ProblemError('too_many_requests', `${TOO_MANY[action]} Try again in ${seconds} seconds.`, {
            headers: { 'Retry-After': String(seconds) },
          });
        }
        await tx.sql.rows(sql`
          insert into sign_in_attempt (action, account, address, at)
          values (${action}, ${account}, ${address}, ${now.toISOString()}::timestamptz)`);
        await tx.sql.rows(sql`delete from sign_in_attempt where at < ${since}::timestamptz - interval '1 day'`);
      }),
    async succeeded(runner, action, account, address) {
      await runner.rows(sql`
        delete from sign_in_attempt where action = ${action} and account = ${account} and address = ${address}`);
    },
  };
}

async function failures(runner: SqlRunner, condition: ReturnType<typeof sql>): Promise<Failures> {
  const row = await runner.first<Failures>(sql`
    select count(*)::int as count, (extract(epoch from max(at)) * 1000)::float8 as "lastAt"
    from sign_in_attempt where ${condition}`);
  return row ?? { count: 0, lastAt: null };
}

function remaining(failed: Failures, limit: Limit, now: Date): number {
  const wait = waitMs(failed.count, limit);
  // Of two at the same time the later one may have been counted first: nobody waits for that.
  if (failed.lastAt === null || wait === 0) return 0;
  return Math.max(0, failed.lastAt + wait - now.getTime());
}
