export interface ProgressOptions {
  /** milliseconds, monotonic */
  clock: () => number;
  /** shortest time between two writes */
  everyMs: number;
  write(done: number, total: number | null): Promise<void>;
}

/** Thins out reports of progress: the first is written at once, then at most one in `everyMs`. */
export function createProgress({ clock, everyMs, write }: ProgressOptions) {
  let lastWrite = Number.NEGATIVE_INFINITY;
  let latest: { done: number; total: number | null } | null = null;

  const flush = async (): Promise<void> => {
    if (!latest) return;
    const { done, total } = latest;
    latest = null;
    lastWrite = clock();
    await write(done, total);
  };

  let knownTotal: number | null = null;
  return {
    async report(done: number, total: number | null = knownTotal): Promise<void> {
      knownTotal = total;
      latest = { done, total };
      if (clock() - lastWrite >= everyMs) await flush();
    },
    /** Writes a report that was held back. */
    flush,
  };
}
