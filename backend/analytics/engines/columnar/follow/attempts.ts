import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Begins something until it has begun, and again whenever asked to. */
export interface Attempts {
  /** `trustsFile` false: until it has begun the next time, no file is believed. */
  ask(trustsFile: boolean): void;
  /** Resolves when nothing more is to be begun. */
  settled(): Promise<void>;
}

interface AttemptsOptions {
  begin(trustsFile: boolean): Promise<void>;
  /** Before each time: what there was is no more. */
  onAttempt(): void;
  isWanted(): boolean;
  signal: AbortSignal;
  logger: Logger;
}

export function createAttempts({ begin, onAttempt, isWanted, signal, logger }: AttemptsOptions): Attempts {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let isFileTrusted = true;
  const isOver = () => signal.aborted || !isWanted();

  async function untilBegun(): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !isOver(); ) {
      isAskedAgain = false;
      onAttempt();
      try {
        await begin(isFileTrusted);
        if (isAskedAgain) continue;
        isFileTrusted = true;
        return;
      } catch (error) {
        if (isOver()) return;
        logger.warn({ err: error, waitMs: wait }, 'the analytics store could not be made and will be tried again');
      }
      await delay(wait, undefined, { signal, ref: false }).catch(() => {}); // stopped: the loop ends
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    }
  }

  function run(): void {
    running ??= untilBegun().finally(() => {
      running = null;
      // Asked for after the last look at it.
      if (isAskedAgain && !isOver()) run();
    });
  }

  return {
    ask(trustsFile) {
      if (isOver()) return;
      isFileTrusted &&= trustsFile;
      isAskedAgain = true;
      run();
    },
    async settled() {
      while (running) await running;
    },
  };
}
