/** Work that is done one piece at a time, in the order in which it was asked for. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** A turn that all share who ask for one before it has begun. */
  share(work: () => Promise<void>): Promise<void>;
  /** Resolves when everything asked for so far is over. */
  over(): Promise<unknown>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let queued: Promise<void> | null = null;
  function take<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {}); // whoever asked for it hears of it
    return mine;
  }
  return {
    take,
    share(work) {
      queued ??= take(() => {
        queued = null;
        return work();
      });
      return queued;
    },
    over: () => last,
  };
}
