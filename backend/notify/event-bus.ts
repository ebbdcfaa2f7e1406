/** What people with an open page are told, as it happens. */
export interface LiveEvent {
  /** the one person who may see it */
  to: string;
  /** `job`, later `notification`, `board`, ... */
  type: string;
  data: unknown;
}

export type EventListener = (event: LiveEvent) => void;

/** Hands events to the listeners of this process, each to those of its own person. */
export function createEventBus() {
  const listeners = new Map<string, Set<EventListener>>();
  return {
    deliver(event: LiveEvent): void {
      for (const listener of listeners.get(event.to) ?? []) listener(event);
    },
    /** Returns how to stop. */
    subscribe(userId: string, listener: EventListener): () => void {
      const mine = listeners.get(userId) ?? new Set();
      listeners.set(userId, mine.add(listener));
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && listeners.get(userId) === mine) listeners.delete(userId);
      };
    },
    /** Open subscriptions of one person. */
    count: (userId: string): number => listeners.get(userId)?.size ?? 0,
  };
}
export type EventBus = ReturnType<typeof createEventBus>;
