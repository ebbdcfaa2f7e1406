import { DAY_MS, dayAt, monthStart, type Span, yearOf } from './calendar.ts';
import type { CompanyEvent } from './model.ts';

export interface CompanyEvents {
  /** gateways could not be delivered */
  shortage: CompanyEvent;
  /** a promotion around the autumn fair in EMEA */
  promotion: CompanyEvent;
  /** list prices went up, after orders had been brought forward */
  priceRise: CompanyEvent;
  /** one very large order */
  framework: CompanyEvent;
}

/** What happened to the company, placed relative to the last day so that the books always hold all of it. */
export function makeEvents(span: Span): CompanyEvents {
  const fairYear = yearOf(span.today - 330);
  const promotionFrom = dayAt(Date.UTC(fairYear, 8, 15));
  // two explanations for the same weeks would explain neither
  const fourteenMonthsAgo = monthStart(span.today, -14) + 9;
  const isNearFair = Math.abs(fourteenMonthsAgo - promotionFrom) < 75;
  const shortageFrom = isNearFair ? monthStart(span.today, -8) + 9 : fourteenMonthsAgo;
  const newYear = dayAt(Date.UTC(yearOf(span.today) - 1, 0, 1));
  const framework = monthStart(span.today, -20) + 17;
  return {
    shortage: {
      from: shortageFrom,
      to: shortageFrom + 40,
      title: 'Gateway shortage',
      explanation:
        'A chip supplier could not deliver; gateways shipped at less than half the usual rate for six weeks, then the backlog was worked off.',
    },
    promotion: {
      from: promotionFrom,
      to: promotionFrom + 25,
      title: `Autumn fair ${fairYear}`,
      explanation: 'Fair bundle in EMEA: follow-up orders at a special price for four weeks.',
    },
    priceRise: {
      from: newYear,
      to: span.today,
      title: `List prices up 5% on 1 January ${yearOf(newYear)}`,
      explanation: 'Announced in November: customers brought orders forward into December, January was quiet.',
    },
    framework: {
      from: framework,
      to: framework,
      title: 'Framework agreement',
      explanation: 'One customer equipped all of its sites at once: a single order many times the usual size.',
    },
  };
}

export const isDuring = (event: CompanyEvent, day: number): boolean => day >= event.from && day <= event.to;
export const momentOfStart = (event: CompanyEvent): number => event.from * DAY_MS + 9 * 3_600_000;

/** Share of today's list price that was charged on `day`. */
export const priceLevel = (events: CompanyEvents, day: number): number => (day < events.priceRise.from ? 1 / 1.05 : 1);

/** How much more or less than usual is reordered, and why. */
export function reorderFactor(events: CompanyEvents, day: number, region: string, category: string): number {
  let factor = 1;
  if (category === 'Gateways') {
    if (isDuring(events.shortage, day)) factor *= 0.4;
    else if (day > events.shortage.to && day <= events.shortage.to + 21) factor *= 1.5;
  }
  if (region === 'EMEA' && isDuring(events.promotion, day)) factor *= 1.55;
  const sinceRise = day - events.priceRise.from;
  if (sinceRise >= -25 && sinceRise < 0) factor *= 1.25;
  else if (sinceRise >= 0 && sinceRise < 28) factor *= 0.8;
  return factor;
}
