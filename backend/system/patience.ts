import { setTimeout as delay } from 'node:timers/promises';

/** The part did not answer in time. */
export class NoAnswerError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms / 1000} seconds`);
    this.name = 'NoAnswerError';
  }
}

/** The outcome of `work`, or a NoAnswerError after `ms`; `work` itself may still go on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const patience = new AbortController();
  try {
    return await Promise.race([
      work,
      delay(ms, undefined, { signal: patience.signal, ref: false }).then(() => {
        throw new NoAnswerError(ms);
      }),
    ]);
  } finally {
    patience.abort();
  }
}

/** The message of whatever was thrown, as part of a sentence. */
export const reasonOf = (error: unknown): string => {
  const { message, code, cause } = (error ?? {}) as { message?: string; code?: string; cause?: { code?: string } };
  return (message || code || cause?.code || 'no reason given').replace(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '');
};
