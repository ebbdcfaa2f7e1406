import { DAY_MS, monthOf, monthStart, type Span } from './calendar.ts';
import type { Person, Sale, Target, Team } from './model.ts';
import { randomFor } from './random.ts';

/** Months of the past that a plan goes by. */
const PLANNED_FROM = 12;
/** A plan asks for so much more than the past gave: from, to. */
const AMBITION = [0.98, 1.16] as const;
/** A person is asked for at least this share of the company's plan, also where the past gave less. */
const LEAST_SHARE = 1 / 64;
/** Quarters before the running one that had targets. */
const PAST_QUARTERS = 4;

type Metric = Target['metric'];
type Subject = { team: Team | null; person: Person | null };

const figures: Record<Metric, (sale: Sale) => number> = {
  revenue: ({ amountBase }) => amountBase,
  grossProfit: ({ amountBase, costBase }) => amountBase - costBase,
};

const isOf =
  ({ team, person }: Subject) =>
  ({ owner }: Sale): boolean =>
    person ? owner === person : team === null || owner.team === team;

/** Two leading digits and a half: what people set as a goal. */
function roundly(hundredths: number): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(hundredths)) - 1) / 2;
  return Math.round(hundredths / step) * step;
}

/** First day of a month to what was sold in it. */
type Months = ReadonlyMap<number, number>;

function byMonth(sales: readonly Sale[], metric: Metric): Months {
  const months = new Map<number, number>();
  for (const sale of sales) {
    const month = monthStart(sale.soldOn);
    months.set(month, (months.get(month) ?? 0) + figures[metric](sale));
  }
  return months;
}

interface Basis {
  own: Months;
  company: Months;
  ambition: number;
  isPerson: boolean;
}

/**
 * What each month of a quarter is to bring: the subject's average of the year before the quarter (of the latest
 * year of whole months, for quarters to come), a little more, and by half as seasonal as the company was. Empty for
 * who has not sold long enough.
 */
function planOf(quarter: number, { own, company, ambition, isPerson }: Basis, span: Span): number[] {
  const end = Math.min(quarter, monthStart(span.today));
  const window = Array.from({ length: PLANNED_FROM }, (_, index) => monthStart(end, index - PLANNED_FROM));
  const firstSale = Math.min(...own.keys());
  const sold = window.filter((month) => month > firstSale);
  if (sold.length < 6) return [];
  const average = (months: readonly number[], sums: Months) =>
    months.reduce((sum, month) => sum + (sums.get(month) ?? 0), 0) / months.length;
  return [0, 1, 2].map((index) => {
    const month = monthStart(quarter, index);
    const alike = window.find((other) => monthOf(other) === monthOf(month)) ?? end;
    const season = Math.sqrt((company.get(alike) ?? 0) / average(window, company));
    const least = isPerson ? average(window, company) * LEAST_SHARE : 0;
    return roundly(Math.max(average(sold, own), least) * ambition * season);
  });
}

const quarterStart = (day: number, quarters = 0): number => monthStart(day, quarters * 3 - ((monthOf(day) - 1) % 3));

/** Targets of the company, the teams and everybody who sells: the last four quarters, the running one, and its year. */
export function makeTargets(
  span: Span,
  teams: readonly Team[],
  people: readonly Person[],
  sales: readonly Sale[],
): Target[] {
  const random = randomFor('targets');
  const running = quarterStart(span.today);
  const yearStart = monthStart(span.today, 1 - monthOf(span.today));
  const firstQuarter = Math.min(quarterStart(span.today, -PAST_QUARTERS), yearStart);
  const targets: Target[] = [];

  function plan(subject: Subject, metric: Metric): void {
    const basis: Basis = {
      own: byMonth(sales.filter(isOf(subject)), metric),
      company: byMonth(sales, metric),
      ambition: AMBITION[0] + random.next() * (AMBITION[1] - AMBITION[0]),
      isPerson: subject.person !== null,
    };
    const last = subject.person ? running : monthStart(yearStart, 9);
    const add = (grain: Target['grain'], from: number, months: number, value: number) => {
      const createdAt = Math.min(from - 14, span.today - 7) * DAY_MS;
      targets.push({
        id: random.id(createdAt),
        ...subject,
        metric,
        grain,
        from,
        to: monthStart(from, months) - 1,
        value,
        createdAt,
      });
    };
    let ofYear = 0;
    for (let quarter = firstQuarter; quarter <= last; quarter = monthStart(quarter, 3)) {
      const months = planOf(quarter, basis, span);
      if (months.length === 0) continue;
      const sum = months.reduce((total, value) => total + value, 0);
      for (const [index, value] of months.entries()) add('month', monthStart(quarter, index), 1, value);
      add('quarter', quarter, 3, sum);
      if (quarter >= yearStart) ofYear += sum;
    }
    if (!subject.person) add('year', yearStart, 12, ofYear);
  }

  const selling = teams.filter(({ parentId }) => parentId !== null);
  for (const metric of ['revenue', 'grossProfit'] as const) {
    plan({ team: null, person: null }, metric);
    for (const team of selling) plan({ team, person: null }, metric);
  }
  for (const person of people) if (person.load > 0) plan({ team: null, person }, 'revenue');
  return targets.sort((left, right) => left.createdAt - right.createdAt);
}
