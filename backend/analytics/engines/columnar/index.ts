import type { Config } from '../../../config.ts';
import type { Dependencies } from '../../../dependencies.ts';
import type { AnalyticsEngine } from '../../engine.ts';
import { type Checker, type LastCheck, startChecker } from './check/checker.ts';
import type { Follower, FollowerState } from './follow/contract.ts';
import { startFollower } from './follower.ts';
import { createFollowingEngine } from './following-engine.ts';
import { estimateSize, whyTooLarge } from './memory-limit.ts';
import type { StoreSize } from './worker/orders.ts';

/** How figures are answered in this process. */
export interface AnalyticsStatus {
  /** sql: PostgreSQL answers everything, for the reason given */
  engine: 'columnar' | 'sql';
  reason: string | null;
  state: FollowerState | null;
  size: StoreSize | null;
  /** when the copy was last known to be all of the database */
  freshAt: Date | null;
  lastCheck: LastCheck | null;
  /** differences from the database found since the start */
  differences: number;
  /** questions since the start, by who answered */
  answers: Readonly<Record<'columnar' | 'sql', number>>;
}

/** The engine that all of a process shares. */
export interface SharedEngine {
  engine: AnalyticsEngine;
  status(): AnalyticsStatus;
  /** Resolves when it is settled who answers. */
  settled(): Promise<void>;
  stop(): Promise<void>;
  /** The copy and who checks it; null where there is none. */
  readonly copy: { follower: Follower; checker: Checker } | null;
}

type EngineConfig = Pick<Config, 'analyticsEngine' | 'analyticsMemoryMb' | 'role'>;

/** Why this process keeps no copy from the start; null: it does. */
function whyNone({ analyticsEngine, role }: EngineConfig): string | null {
  if (analyticsEngine === 'sql') return 'ANALYTICS_ENGINE is sql';
  if (role === 'worker') return 'this process does background work only';
  return null;
}

/** Starts a copy of the facts beside `reference` where the configuration wants one, and answers from it. */
export function startSharedEngine(deps: Dependencies, reference: AnalyticsEngine): SharedEngine {
  const { config, database, logger } = deps;
  const answers = { columnar: 0, sql: 0 };
  let reason = whyNone(config);
  let copy: SharedEngine['copy'] = null;
  let following: AnalyticsEngine | null = null;
  let isStopped = false;

  const refuses = (size: StoreSize): string | null => whyTooLarge(config, size);

  async function begin(): Promise<void> {
    if (reason !== null) return;
    if (config.analyticsEngine === 'auto') {
      reason = refuses(await estimateSize(database.sql));
      if (reason !== null) logger.info({ reason }, 'no copy of the facts is kept; PostgreSQL answers');
    }
    if (reason !== null || isStopped) return;
    const follower = startFollower({
      database,
      logger,
      config,
      refuses,
      onReady: () => void copy?.checker.check('totals'),
    });
    copy = { follower, checker: startChecker(deps, follower) };
    following = createFollowingEngine(follower, reference, (engine) => {
      answers[engine]++;
    });
  }
  const begun = begin().catch((error: unknown) => {
    reason = 'the copy could not be started; the log says why';
    logger.error({ err: error }, 'the analytics store could not be started; PostgreSQL answers');
  });

  const counted = (): AnalyticsEngine => {
    if (following) return following;
    answers.sql++;
    return reference;
  };
  return {
    engine: {
      table: (question) => counted().table(question),
      records: (question) => reference.records(question),
      dimensionKeys: (scope) => counted().dimensionKeys(scope),
    },
    status() {
      const state = copy?.follower.state ?? null;
      const freshAt = copy?.follower.freshAt ?? null;
      return {
        engine: state?.kind === 'ready' ? 'columnar' : 'sql',
        reason: state?.kind === 'off' ? state.reason : reason,
        state,
        size: state?.kind === 'ready' ? (copy?.follower.size ?? null) : null,
        freshAt: freshAt === null ? null : new Date(freshAt),
        lastCheck: copy?.checker.last ?? null,
        differences: copy?.checker.differences ?? 0,
        answers: { ...answers },
      };
    },
    async settled() {
      await begun;
      await copy?.follower.settled();
    },
    async stop() {
      isStopped = true;
      await begun;
      await copy?.checker.stop();
      await copy?.follower.stop();
    },
    get copy() {
      return copy;
    },
  };
}
