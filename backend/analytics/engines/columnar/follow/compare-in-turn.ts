import type { SqlRunner } from '../../../../db/index.ts';
import { unpackRows } from '../worker/packed-rows.ts';
import type { StoreHost } from '../worker/store-host.ts';
import type { Follower } from './contract.ts';
import type { FollowedCopy } from './followed-copy.ts';
import type { Turns } from './turns.ts';

/** Asks the copy for the state that a transaction sees. The next turn begins as soon as the question is put. */
export const compareInTurn =
  ({ copy, host, turns }: { copy: FollowedCopy; host: StoreHost; turns: Turns }): Follower['compare'] =>
  (open, question, work) => {
    let result: ReturnType<typeof open> | undefined;
    const begun = turns.take(
      () =>
        new Promise<void>((release) => {
          result = open(async (runner: SqlRunner) => {
            await copy.poll(runner);
            const own = host.ask('table', { question }).then(unpackRows);
            own.catch(() => {}); // awaited by `work`
            release();
            return work(runner, own);
          });
          result.then(
            () => release(),
            () => release(),
          );
        }),
    );
    return begun.then(() => result as ReturnType<typeof open>);
  };
