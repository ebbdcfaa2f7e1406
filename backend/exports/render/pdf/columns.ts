import { columnIn, type FigureColumn, type FigureTable } from '../../export-document.ts';
import { headingOf } from '../csv.ts';
import type { Page } from './page.ts';

export const PAD = 4;
/** Letters as large as a table's width allows. */
const SIZES = [8, 7, 6, 5];
/** Enough to judge how wide texts are. */
const SAMPLE = 300;
/** Texts are wrapped in columns at least that wide, in letters' sizes. */
const NARROWEST = 9;

/** A column as it is printed. */
export interface PrintedColumn {
  heading: string;
  width: number;
  isRight: boolean;
  /** the cell as a person reads it */
  written(row: readonly (string | null)[]): string;
}
export interface PrintedTable {
  columns: PrintedColumn[];
  size: number;
}

/** Numbers and days are never wrapped: a figure in two pieces would be read as two. */
const isWhole = ({ type }: FigureColumn): boolean => type !== 'text';

/** Sizes letters and columns so that all of them fit beside each other: figures as wide as they are, texts wrapped. */
export function printedTable(page: Page, { columns, rows }: FigureTable): PrintedTable {
  const { display, letters, width } = page;
  const shown = columns.flatMap((column, index) => {
    const isEmpty = rows.length > 0 && rows.every((row) => (row[index] ?? '') === '');
    return column.isForMachines || isEmpty ? [] : [{ column, index }];
  });
  const written = ({ column, index }: (typeof shown)[number]) => {
    // The heading says the currency, so that figures can be compared; where rows differ in it, each says its own.
    return (row: readonly (string | null)[]) =>
      letters.legible(display.figure(columnIn(column, row), row[index] ?? null));
  };
  const plans = shown.map((one) => {
    const text = written(one);
    const sample = isWhole(one.column) ? rows : rows.slice(0, SAMPLE);
    let most = 0;
    for (const row of sample) most = Math.max(most, letters.widthOf(text(row), 1));
    const heading = letters.legible(headingOf({ ...one.column, currency: null }));
    // Bold letters are wider; a hair more, as a rounded width would break the word that is as wide as its column.
    const words = heading.split(' ').map((word) => letters.widthOf(word, 1.121));
    const least = isWhole(one.column) ? Math.max(most, ...words) : Math.max(NARROWEST / 2, ...words);
    const isRight = one.column.type === 'number';
    return { text, heading, isRight, least, wanted: Math.max(least, most), isWhole: isWhole(one.column) };
  });
  for (const size of SIZES) {
    const room = width - plans.length * 2 * PAD;
    const widths = shared(
      plans.map(({ least, wanted }) => ({ least: least * size, wanted: wanted * size })),
      room,
    );
    const isCramped = widths.some(
      (one, at) => !plans[at]?.isWhole && one < Math.min(plans[at]?.wanted ?? 0, NARROWEST) * size,
    );
    const isFitting = widths.reduce((sum, one) => sum + one, 0) <= room + 0.5;
    if ((isFitting && !isCramped) || size === SIZES.at(-1)) {
      return {
        size,
        columns: plans.map(({ heading, isRight, text }, at) => ({
          ...{ heading, isRight, written: text },
          width: (widths[at] ?? 0) + 2 * PAD,
        })),
      };
    }
  }
  throw new Error('A table has no size.');
}

/** Widths that fit into the room: the widest give way first, none beyond its least. */
function shared(plans: readonly { least: number; wanted: number }[], room: number): number[] {
  const least = plans.reduce((sum, plan) => sum + plan.least, 0);
  if (least > room) return plans.map((plan) => (plan.least * room) / least);
  let low = 0;
  let high = Math.max(0, ...plans.map(({ wanted }) => wanted));
  const at = (limit: number) => plans.map((plan) => Math.max(plan.least, Math.min(plan.wanted, limit)));
  for (let step = 0; step < 30; step++) {
    const limit = (low + high) / 2;
    if (at(limit).reduce((sum, one) => sum + one, 0) > room) high = limit;
    else low = limit;
  }
  const all = plans.reduce((sum, { wanted }) => sum + wanted, 0);
  return all <= room ? plans.map(({ wanted }) => wanted) : at(low);
}
