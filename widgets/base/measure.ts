import type { Unit } from '../../backend/contracts/analytics.ts';
import type { Format } from './format.ts';

/** How a measure is written. */
export interface MeasureKind {
  unit: Unit | null;
  currency: string | null;
}

interface MeasureStyle {
  compact?: boolean;
  signed?: boolean;
}

/** A measure's decimal string as its unit asks: money, count, per cent, days, money a day. Null is a dash. */
export function formatMeasure(
  format: Format,
  { unit, currency }: MeasureKind,
  value: string | number | null,
  style: MeasureStyle = {},
): string {
  if (value === null) return format.number(null);
  switch (unit) {
    case 'money':
    case 'moneyPerDay':
      return currency
        ? format.money({ amount: String(value), currency }, style)
        : format.number(value, { ...style, decimals: 0 });
    case 'ratio':
      return format.percent(value, style);
    case 'days':
      return format.days(value);
    case 'count':
    case null:
      return format.number(value, { ...style, decimals: 1 });
    default:
      return unit satisfies never;
  }
}
