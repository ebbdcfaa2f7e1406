import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config.ts';
import type { SqlRunner } from '../../db/index.ts';
import { clientAddress } from '../request-origin.ts';
import type { Throttle, ThrottledAction } from '../throttle.ts';

/**
 * Slows guessing at one account's secrets down, from one address and from all addresses together: six digits are
 * few enough to be tried from many places.
 */
export interface Guesses {
  /** Before any work. @throws ProblemError too_many_requests */
  attempt(action: ThrottledAction, userId: string, req: IncomingMessage): Promise<void>;
  /** The answer was right. */
  succeeded(runner: SqlRunner, action: ThrottledAction, userId: string, req: IncomingMessage): Promise<void>;
}

export function createGuesses(config: Pick<Config, 'trustProxy'>, throttle: Throttle): Guesses {
  const everywhere = (userId: string) => `everywhere ${userId}`;
  return {
    async attempt(action, userId, req) {
      await throttle.attempt(action, userId, clientAddress(req, config));
      await throttle.attempt(action, userId, everywhere(userId));
    },
    async succeeded(runner, action, userId, req) {
      await throttle.succeeded(runner, action, userId, clientAddress(req, config));
      await throttle.succeeded(runner, action, userId, everywhere(userId));
    },
  };
}
