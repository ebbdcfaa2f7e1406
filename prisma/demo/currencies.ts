import { type Span, weekday } from './calendar.ts';
import { randomFor } from './random.ts';

/** What one unit was worth in euro, roughly: where the walk of each rate starts. */
const IN_EURO: Record<string, number> = {
  EUR: 1,
  USD: 0.92,
  GBP: 1.17,
  CHF: 1.05,
  AUD: 0.6,
  BRL: 0.17,
  CAD: 0.67,
  CNY: 0.128,
  CZK: 0.04,
  DKK: 0.134,
  INR: 0.011,
  JPY: 0.0061,
  KRW: 0.00067,
  MXN: 0.05,
  NOK: 0.086,
  NZD: 0.55,
  PLN: 0.233,
  SEK: 0.088,
  SGD: 0.69,
  ZAR: 0.05,
};
const NAMES: Record<string, string> = { EUR: 'Euro', USD: 'US dollar', GBP: 'Pound sterling', CHF: 'Swiss franc' };
/** Rates are kept with four decimals, so that money times rate stays exact in whole numbers. */
const RATE_UNIT = 10_000;

export interface Currency {
  code: string;
  name: string;
  minorDigits: number;
}

export interface Rate {
  code: string;
  day: number;
  /** company currency for 10,000 units */
  rate: number;
}

export interface Money {
  amount: number;
  amountBase: number;
}

export interface Currencies {
  base: string;
  list: Currency[];
  rates: Rate[];
  /** units of the company currency that stand for one euro in price lists: 1, 10, 100, ... */
  scale: number;
  /** An amount in hundredths of `code` and what it is in the company currency on that day. */
  fromForeign(amount: number, code: string, day: number): Money;
  /** About that much of the company currency, expressed in `code`. */
  toForeign(amountBase: number, code: string, day: number): Money;
}

function minorDigits(code: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Weekly rates of the four currencies against the company's, each a slow walk around its usual level. */
export function makeCurrencies(base: string, span: Span): Currencies {
  const baseInEuro = IN_EURO[base] ?? 1;
  const codes = ['EUR', 'USD', 'GBP', 'CHF'].filter((code) => code !== base);
  const firstMonday = span.start - weekday(span.start);
  const byCode = new Map<string, number[]>();
  const rates: Rate[] = [];
  for (const code of codes) {
    const random = randomFor(`rate ${code}`);
    const usual = (IN_EURO[code] ?? 1) / baseInEuro;
    const walk: number[] = [];
    let drift = 0;
    for (let day = firstMonday; day <= span.today; day += 7) {
      drift = drift * 0.985 + random.normal() * 0.006;
      const rate = Math.max(1, Math.round(usual * (1 + drift) * RATE_UNIT));
      walk.push(rate);
      rates.push({ code, day, rate });
    }
    byCode.set(code, walk);
  }
  const list = [...new Set([base, ...codes])].map((code) => ({
    code,
    name: NAMES[code] ?? new Intl.DisplayNames('en', { type: 'currency' }).of(code) ?? code,
    minorDigits: minorDigits(code),
  }));
  /** the smallest amount that can be written, in hundredths */
  const steps = new Map(list.map((currency) => [currency.code, currency.minorDigits === 0 ? 100 : 1]));
  const rounded = (amount: number, code: string): number => {
    const step = steps.get(code) ?? 1;
    return Math.round(amount / step) * step;
  };
  const rateOn = (code: string, day: number): number =>
    byCode.get(code)?.[Math.floor((day - firstMonday) / 7)] ?? RATE_UNIT;
  const fromForeign = (amount: number, code: string, day: number): Money => {
    const written = rounded(amount, code);
    // half up in whole numbers, as PostgreSQL's round() does with positive numerics
    const step = RATE_UNIT * (steps.get(base) ?? 1);
    const amountBase = Math.floor((2 * written * rateOn(code, day) + step) / (2 * step)) * (steps.get(base) ?? 1);
    return { amount: written, amountBase };
  };
  return {
    base,
    list,
    rates,
    scale: 10 ** Math.max(0, Math.round(Math.log10(1 / baseInEuro))),
    fromForeign,
    toForeign: (amountBase, code, day) =>
      fromForeign(code === base ? amountBase : Math.round((amountBase * RATE_UNIT) / rateOn(code, day)), code, day),
  };
}
