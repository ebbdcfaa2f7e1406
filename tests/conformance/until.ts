import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition and gives its value; fails with `what` when it isn't met in 30 seconds. */
export async function until<T>(what: string, condition: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let attempt = 0; attempt < 1500; attempt++) {
    const value = await condition();
    if (value) return value;
    await delay(20);
  }
  throw new Error(`Waited in vain: ${what}`);
}
