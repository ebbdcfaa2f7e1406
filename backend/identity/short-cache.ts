interface Entry<Value> {
  at: number;
  value: Promise<Value>;
}

/** Remembers answers for a moment, so that a burst of requests asks the database once. */
export interface ShortCache<Value> {
  /** The remembered answer, or that of `load`; calls at the same time share one `load`. */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
  forget(key: string): void;
  clear(): void;
}

/** Holds at most `maxEntries`, each for `ttlMs` from the moment its load began (by `clock`); the oldest go first. */
export function createShortCache<Value>(options: {
  ttlMs: number;
  maxEntries: number;
  clock: () => Date;
}): ShortCache<Value> {
  const entries = new Map<string, Entry<Value>>();
  return {
    get(key, load) {
      const now = options.clock().getTime();
      const known = entries.get(key);
      // A clock that went back must not keep an entry alive: its age is then unknown.
      if (known && now >= known.at && now - known.at < options.ttlMs) return known.value;
      const entry: Entry<Value> = { at: now, value: load() };
      entries.delete(key);
      entries.set(key, entry);
      if (entries.size > options.maxEntries) {
        const oldest = entries.keys().next();
        if (!oldest.done) entries.delete(oldest.value);
      }
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      return entry.value;
    },
    forget: (key) => {
      entries.delete(key);
    },
    clear: () => entries.clear(),
  };
}
