import { dayAt } from './calendar.ts';
import type { Currencies } from './currencies.ts';
import type { CompanyEvents } from './events.ts';
import type { Opportunity, StageEvent } from './model.ts';

/** About how large the agreement was, in whole units of a currency worth about one euro. */
const SIZE = 420_000;

/** Makes the win nearest to the framework agreement's day the very large order it was. */
export function signFramework(
  opportunities: Opportunity[],
  events: StageEvent[],
  happenings: CompanyEvents,
  currencies: Currencies,
): Opportunity {
  const { from } = happenings.framework;
  const distance = ({ stageSince }: Opportunity): number => Math.abs(dayAt(stageSince) - from);
  const chosen = opportunities
    .filter(({ stage, account }) => stage === 'Won' && account.segment === 'Enterprise')
    .reduce((best, next) => (distance(next) < distance(best) ? next : best));
  const times = Math.max(2, Math.round((SIZE * currencies.scale * 100) / chosen.amountBase));
  for (const line of chosen.lines) {
    line.units *= times;
    line.amount *= times;
    line.cost *= times;
  }
  chosen.amount *= times;
  chosen.amountBase = currencies.fromForeign(chosen.amount, chosen.currency, dayAt(chosen.createdAt)).amountBase;
  chosen.name = `${chosen.name} (framework agreement)`;
  for (const event of events) if (event.recordId === chosen.id) event.amountBase = chosen.amountBase;
  return chosen;
}
