import { businessDay } from '../../../../calendar/index.ts';
import type { Dependencies } from '../../../../dependencies.ts';
import { type Follower, NotFollowed } from '../follow/contract.ts';
import type { StoreQuestion } from '../store/contract.ts';
import { tellAdministrators } from './alarm.repository.ts';
import { compareAnswers, type Difference } from './compare.ts';
import { everyCell, totals } from './questions.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What the last comparison with the database said. */
export interface LastCheck {
  at: Date;
  isEqual: boolean;
  cells: 'totals' | 'all';
}

/** Compares the copy with the database, and takes the consequences. */
export interface Checker {
  readonly last: LastCheck | null;
  /** differences found since the start */
  readonly differences: number;
  /** Resolves to whether everything was equal; null: the copy was not there to be compared. */
  check(cells: LastCheck['cells']): Promise<boolean | null>;
  stop(): Promise<void>;
}

/**
 * Each process that has a copy checks its own: nobody else sees it. Once a day, at a moment that differs from process to
 * process, so that they don't all ask at once.
 */
export function startChecker(
  { database, config, logger, clock }: Dependencies,
  follower: Follower,
  random: () => number = Math.random,
): Checker {
  let last: LastCheck | null = null;
  let differences = 0;
  let running: Promise<unknown> = Promise.resolve();
  let isRebuiltForDifference = false;
  let isStopped = false;

  async function alarm(difference: Difference): Promise<void> {
    differences++;
    logger.error({ difference }, 'the analytics store differs from the database');
    if (isRebuiltForDifference) {
      // Made anew and wrong again: there is a mistake in it that no rebuild mends.
      follower.turnOff('it differed from the database again after it was made anew');
    } else {
      isRebuiltForDifference = true;
      follower.rebuild();
    }
    const today = businessDay(clock(), config.timeZone);
    await database.transaction((tx) => tellAdministrators(tx, today));
  }

  async function compareAll(cells: LastCheck['cells']): Promise<boolean | null> {
    const today = businessDay(clock(), config.timeZone);
    const questions: StoreQuestion[] = cells === 'all' ? everyCell(today) : totals(today);
    try {
      for (const question of questions) {
        if (isStopped) return null;
        const difference = await compareAnswers(follower, database, config.timeZone, question);
        if (difference === null) continue;
        last = { at: clock(), isEqual: false, cells };
        await alarm(difference);
        return false;
      }
    } catch (error) {
      if (!(error instanceof NotFollowed)) logger.warn({ err: error }, 'the analytics store could not be compared');
      return null;
    }
    last = { at: clock(), isEqual: true, cells };
    if (cells === 'all') isRebuiltForDifference = false;
    return true;
  }

  const check = (cells: LastCheck['cells']): Promise<boolean | null> => {
    const mine = running.then(() => compareAll(cells));
    running = mine;
    return mine;
  };

  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number): void => {
    timer = setTimeout(async () => {
      if (follower.state.kind === 'ready') await check('all');
      later(DAY_MS);
    }, ms).unref();
  };
  later(DAY_MS * (0.5 + random() / 2));

  return {
    get last() {
      return last;
    },
    get differences() {
      return differences;
    },
    check,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
