import type { Money } from '../../contracts/common.ts';
import { divide, round } from '../decimal.ts';
import type { PipelineView } from './view.ts';

/** Decimals of a share, as the metrics have them. */
const RATIO_DIGITS = 6;

/** An amount of the company currency as the wire has it. */
export const money = (amount: string, { currency: { code, digits } }: PipelineView): Money => ({
  amount: round(amount, digits),
  currency: code,
});

/** A share of 1; null of nothing. */
export const share = (part: number, whole: number): string | null => divide(`${part}`, `${whole}`, RATIO_DIGITS);

/** A number of records with what they are worth together. */
export interface Sized {
  count: number;
  value: string;
}

export const sized = ({ count, value }: Sized, view: PipelineView) => ({ count, value: money(value, view) });

/** Days with one decimal. */
export const days = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10);
