import type { Grain } from '../../contracts/analytics.ts';
import type { ExportDocument, FigureColumn } from '../export-document.ts';
import { textsOf } from '../texts.ts';

/** How nothing is written. */
export const NOTHING = '–';

/** Writes figures as the reader's locale and time zone do. Decimal strings are never taken through a float. */
export interface Display {
  /** in full: money to the cent */
  figure(column: FigureColumn, value: string | null): string;
  /** for axes and slices: 1.2M */
  short(column: FigureColumn, value: number): string;
  /** a change, with its sign */
  change(column: FigureColumn, change: number | null): string;
  day(day: string): string;
  moment(moment: string): string;
  /** a period that starts on the day */
  period(day: string, grain: Grain): string;
}

export function createDisplay({ locale, timeZone }: Pick<ExportDocument, 'locale' | 'timeZone'>): Display {
  const formats = new Map<string, Intl.NumberFormat>();
  const number = (value: string | number, options: Intl.NumberFormatOptions): string => {
    const key = JSON.stringify(options);
    let format = formats.get(key);
    if (!format) {
      format = new Intl.NumberFormat(locale, options);
      formats.set(key, format);
    }
    return format.format(value as Intl.StringNumericLiteral | number);
  };
  const dates = new Map<string, Intl.DateTimeFormat>();
  const at = (moment: Date, options: Intl.DateTimeFormatOptions): string => {
    const key = JSON.stringify(options);
    let format = dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, options);
      dates.set(key, format);
    }
    return format.format(moment);
  };
  const date = (text: string, options: Intl.DateTimeFormatOptions): string =>
    at(new Date(`${text.slice(0, 10)}T12:00:00Z`), { ...options, timeZone: 'UTC' });
  const day = (text: string): string => date(text, { dateStyle: 'medium' });
  const moment = (text: string): string => at(new Date(text), { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const period = (text: string, grain: Grain): string => {
    if (grain === 'month') return date(text, { month: 'short', year: 'numeric' });
    if (grain === 'quarter') return `Q${Math.ceil(Number(text.slice(5, 7)) / 3)} ${text.slice(0, 4)}`;
    return grain === 'year' ? text.slice(0, 4) : day(text);
  };
  const measure = (column: FigureColumn, value: string | number, options: Intl.NumberFormatOptions): string => {
    const { unit, currency } = column;
    if (unit === 'ratio') return number(value, { style: 'percent', maximumFractionDigits: 2, ...options });
    if (unit === 'days') return number(value, { style: 'unit', unit: 'day', unitDisplay: 'short', ...options });
    if (currency) return number(value, { style: 'currency', currency, ...options });
    return number(value, { maximumFractionDigits: 4, ...options });
  };
  return {
    day,
    moment,
    period,
    figure(column, value) {
      if (value === null || value === '') return NOTHING;
      switch (column.type) {
        case 'text':
          return value;
        case 'day':
          return column.grain ? period(value, column.grain) : day(value);
        case 'moment':
          return moment(value);
        case 'number': {
          const text = measure(column, value, {});
          return column.unit === 'moneyPerDay' ? `${text} ${textsOf(locale).perDay}` : text;
        }
        default:
          return column.type satisfies never;
      }
    },
    short: (column, value) =>
      measure(column, value, { maximumFractionDigits: 1, ...(column.unit === 'ratio' ? {} : { notation: 'compact' }) }),
    change(column, change) {
      if (change === null) return NOTHING;
      const text = number(column.unit === 'ratio' ? change * 100 : change, {
        signDisplay: 'exceptZero',
        maximumFractionDigits: 1,
        ...(column.unit === 'ratio' ? {} : { style: 'percent' }),
      });
      return column.unit === 'ratio' ? `${text} ${textsOf(locale).points}` : text;
    },
  };
}
