import { DAY_MS, monthOf, monthStart, type Span, weekday } from './calendar.ts';
import { campaignOn } from './leads.ts';
import type { Spend, Team } from './model.ts';
import { type Random, randomFor } from './random.ts';
import { trend } from './season.ts';
import { SOURCES, type Source } from './words/markets.ts';

/** A month's budget in the first year, in units of a currency worth about one euro. */
const MARKETING_A_MONTH = 34_000;
const SALES_A_MONTH = 8_000;

/** A fair is paid for in the months around it. */
function fairSeason(source: Source, month: number): number {
  if (source.name !== 'Trade fair') return 1;
  return [3, 4, 9, 10].includes(month) ? 2.2 : 0.4;
}

/** The weeks of a month up to the last day: last day of each and how many days it has. */
function weeksOf(month: number, span: Span): { endsOn: number; days: number }[] {
  const weeks: { endsOn: number; days: number }[] = [];
  const last = Math.min(monthStart(month, 1) - 1, span.today);
  let days = 0;
  for (let day = month; day <= last; day++) {
    days++;
    if (weekday(day) === 6 || day === last) {
      weeks.push({ endsOn: day, days });
      days = 0;
    }
  }
  return weeks;
}

/**
 * What marketing (by source and campaign) and the sales teams cost. Budgets are monthly and booked week by
 * week, so that any range of days carries its share and the running month only what it has used up.
 */
export function makeSpend(span: Span, teams: Team[], scale: number): Spend[] {
  const random = randomFor('spend');
  const list: Spend[] = [];
  const book = (budget: number, month: number, row: Omit<Spend, 'id' | 'spentOn' | 'amount'>): void => {
    const monthDays = monthStart(month, 1) - month;
    for (const { endsOn, days } of weeksOf(month, span)) {
      const amount = Math.round((budget * scale * days * (0.9 + random.next() * 0.2)) / monthDays) * 100;
      list.push({ id: random.id(endsOn * DAY_MS), spentOn: endsOn, amount, ...row });
    }
  };
  for (let month = span.start; month <= span.today; month = monthStart(month, 1)) {
    const growth = trend(month, span);
    for (const source of SOURCES) {
      const budget = MARKETING_A_MONTH * growth * source.budget * fairSeason(source, monthOf(month)) * noise(random);
      const campaign = campaignOn(random, source, month);
      book(budget, month, { category: 'marketing', source: source.name, campaign, region: null, team: null });
    }
    for (const team of teams) {
      if (team.region === null) continue;
      const budget = SALES_A_MONTH * growth * noise(random);
      book(budget, month, { category: 'sales', source: null, campaign: null, region: team.region, team });
    }
  }
  return list.sort((left, right) => left.spentOn - right.spentOn);
}

const noise = (random: Random): number => 0.92 + random.next() * 0.16;
