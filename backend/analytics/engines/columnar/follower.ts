import type { Config } from '../../../config.ts';
import type { Dependencies } from '../../../dependencies.ts';
import type { MeasureRow } from '../../engine.ts';
import { claimLog, readDatabaseState } from './feed/log.repository.ts';
import { createAttempts } from './follow/attempts.ts';
import { compareInTurn } from './follow/compare-in-turn.ts';
import { type Follower, type FollowerState, NotFollowed } from './follow/contract.ts';
import { createFactsFile } from './follow/facts-file.ts';
import { FollowedCopy } from './follow/followed-copy.ts';
import { createTurns } from './follow/turns.ts';
import { loadFacts } from './load/load-facts.ts';
import { TooManyCells } from './store/cells.ts';
import type { StoreQuestion } from './store/contract.ts';
import type { StoreSize } from './worker/orders.ts';
import { unpackRows } from './worker/packed-rows.ts';
import { startStoreHost } from './worker/store-host.ts';

const POLL_MS = 1_000;
/** Where nobody has asked for a minute, changes are gathered in larger portions. */
const IDLE_POLL_MS = 5_000;
const IDLE_AFTER_MS = 60_000;
const SAVE_MS = 15 * 60_000;
const COMPACT_AFTER = 20_000;
/** A thread that ends as often as this within an hour would end again. */
const MOST_LOSSES = 3;
const HOUR_MS = 3_600_000;

interface FollowerOptions extends Pick<Dependencies, 'database' | 'logger'> {
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'timeZone'>;
  /** Why a copy of this size must not be kept; null: it may. */
  refuses(size: StoreSize): string | null;
  /** Called each time the copy has been opened or made. */
  onReady(): void;
}

/** Starts the thread that has the copy, takes what the file has or reads everything, and follows the database from there. */
export function startFollower({ database, config, logger, refuses, onReady }: FollowerOptions): Follower {
  const stopping = new AbortController();
  const turns = createTurns();
  const host = startStoreHost(lost);
  const file = createFactsFile({ database, logger, host, config });
  let state: FollowerState = { kind: 'starting' };
  let askedAt = Date.now();
  let savedAt = 0;
  let losses: number[] = [];

  const copy = new FollowedCopy(host, config.timeZone, {
    onSize(size) {
      const reason = state.kind === 'ready' ? refuses(size) : null;
      if (reason !== null) turnOff(reason);
    },
    onBroken(error) {
      logger.error({ err: error }, 'the analytics store is no copy of the database any more and is made anew');
      restart(false);
    },
    onUntold: (isSameServer) => restart(isSameServer),
  });
  const attempts = createAttempts({
    begin,
    onAttempt() {
      state = { kind: 'starting' };
      copy.giveUp();
    },
    isWanted: () => state.kind !== 'off',
    signal: stopping.signal,
    logger,
  });

  function restart(trustsFile: boolean): void {
    if (stopping.signal.aborted || state.kind === 'off') return;
    state = { kind: 'starting' };
    copy.giveUp();
    attempts.ask(trustsFile);
  }

  function lost(error: Error): void {
    if (stopping.signal.aborted) return;
    logger.error({ err: error }, 'the thread of the analytics store has ended');
    losses = [...losses.filter((at) => Date.now() - at < HOUR_MS), Date.now()];
    if (losses.length < MOST_LOSSES) restart(true);
    else turnOff(`its thread has ended ${losses.length} times within an hour; the log says why`);
  }

  function turnOff(reason: string): void {
    state = { kind: 'off', reason };
    copy.giveUp();
    logger.warn({ reason }, 'the analytics store is off; PostgreSQL answers');
    host.stop().catch(() => {}); // the memory is what matters, and goes with the thread
  }

  async function begin(trustsFile: boolean): Promise<void> {
    const startedAt = performance.now();
    const identity = await readDatabaseState(database.sql);
    await claimLog(database.sql, identity);
    const opened = trustsFile ? await file.open(identity) : null;
    if (opened) {
      copy.stand(identity, opened.seen, opened.size);
      copy.take(opened.since);
      savedAt = Date.now();
    } else {
      state = { kind: 'building', rows: 0 };
      const made = await loadFacts({ database, host, config }, (rows) => {
        if (state.kind === 'building') state = { kind: 'building', rows };
      });
      copy.stand(identity, { snapshot: made.snapshot, origin: null }, made);
      copy.unsaved++;
    }
    const reason = refuses(copy.size);
    if (reason !== null) return turnOff(reason);
    await fresh();
    if (copy.place === null) throw new NotFollowed('the analytics store was given up meanwhile');
    state = { kind: 'ready', from: opened ? 'file' : 'database' };
    const ms = Math.round(performance.now() - startedAt);
    logger.info({ ...copy.size, ms, from: state.from }, 'the analytics store is ready');
    if (!opened) await save();
    if (state.kind === 'ready') onReady();
  }

  let saving: Promise<void> | null = null;
  /** Writes the file, unless it was written a short time ago and nothing has changed since. A disk that can't take it costs the next start some seconds. */
  function save(): Promise<void> {
    saving ??= write().finally(() => {
      saving = null;
    });
    return saving;
  }
  async function write(): Promise<void> {
    const isOld = Date.now() - savedAt > HOUR_MS; // the log of changes is not kept for ever
    if (state.kind !== 'ready' || (copy.unsaved === 0 && !isOld)) return;
    savedAt = Date.now();
    try {
      await file.write(() => {
        if (copy.place === null) return null;
        const { identity, seen } = copy.place;
        copy.unsaved = 0;
        copy.uncompacted = 0;
        return { systemId: identity.systemId, databaseId: identity.databaseId, snapshot: seen.snapshot };
      });
    } catch (error) {
      copy.unsaved++;
      logger.warn({ err: error, file: file.path }, 'the file of the analytics store could not be written');
    }
  }

  const look = (): Promise<void> => copy.poll(database.sql);
  function fresh(): Promise<void> {
    askedAt = Date.now();
    return turns.share(look);
  }

  async function keepUp(): Promise<void> {
    if (state.kind !== 'ready') return;
    await turns.take(look).catch((error: unknown) => {
      if (!(error instanceof NotFollowed)) logger.debug({ err: error }, 'a look at what changed failed');
    });
    if (copy.unsaved > 0 && Date.now() - savedAt > SAVE_MS) await save();
    else if (copy.uncompacted > Math.max(COMPACT_AFTER, copy.size.rows / 50)) await copy.compact();
  }
  async function ask(question: StoreQuestion): Promise<MeasureRow[]> {
    try {
      return unpackRows(await host.ask('table', { question }));
    } catch (error) {
      if (!(error instanceof TooManyCells)) logger.warn({ err: error, question }, 'the analytics store did not answer');
      throw error;
    }
  }

  let timer: NodeJS.Timeout | undefined;
  function watch(): void {
    const pause = Date.now() - askedAt > IDLE_AFTER_MS ? IDLE_POLL_MS : POLL_MS;
    timer = setTimeout(async () => {
      await keepUp();
      if (!stopping.signal.aborted) watch();
    }, pause).unref();
  }

  restart(true);
  watch();

  return {
    get state() {
      return state;
    },
    get size() {
      return copy.size;
    },
    get version() {
      return copy.version;
    },
    get pipelineVersion() {
      return copy.pipelineVersion;
    },
    get freshAt() {
      return copy.freshAt;
    },
    fresh,
    settled: attempts.settled,
    ask,
    compare: compareInTurn({ copy, host, turns }),
    rebuild: () => restart(false),
    turnOff,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await turns.over();
      await save();
      await host.stop();
      await attempts.settled();
    },
  };
}
