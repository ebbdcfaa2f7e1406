import type { Principal } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { Dependencies } from '../dependencies.ts';

/** Who asks a list, and when: what `me` and days mean in its filters. */
export interface FilterContext {
  userId: string;
  /** business day */
  today: string;
  /** ISO 8601 */
  now: string;
  timeZone: string;
}

/** The context of a list asked for now. */
export function filterContext(
  { config, clock }: Pick<Dependencies, 'config' | 'clock'>,
  { userId }: Pick<Principal, 'userId'>,
): FilterContext {
  const now = clock();
  return { userId, today: businessDay(now, config.timeZone), now: now.toISOString(), timeZone: config.timeZone };
}
