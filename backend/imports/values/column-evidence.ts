import { type DateOrder, dateOrderOf } from './parse-date.ts';
import { type DecimalSign, decimalSignOf } from './parse-number.ts';

/** How the cells of a column are to be read; `unclear` when no cell decides, `none` when it doesn't matter. */
export interface ColumnStyle {
  dates: DateOrder | 'unclear' | 'none';
  decimals: DecimalSign | 'unclear' | 'none';
  /** a cell that could be read in two ways */
  unclearExample: string | null;
}

const DATE_SHAPE = /^\d{1,2}[-/]\d{1,2}[-/]\d/;
const NUMBER_SHAPE = /^[-+−(]?\s*[\p{Sc}A-Z]{0,3}\s*[\d.,'’\s\u00a0\u202f]+\s*[\p{Sc}A-Z%]{0,3}\)?-?$/u;
const LONGEST = 40;

/** Collects, over all rows, what the cells of one column say about the way they are written. */
export class ColumnEvidence {
  #dmy = 0;
  #mdy = 0;
  #eitherDate: string | null = null;
  #point = 0;
  #comma = 0;
  #eitherPoint: string | null = null;

  add(raw: string): void {
    const code = raw.charCodeAt(0);
    // Letters can't begin what is unclear; most cells of most files end here.
    if (raw.length > LONGEST || raw.length < 2 || (code >= 97 && code <= 122)) return;
    const cell = raw.trim();
    if (DATE_SHAPE.test(cell)) {
      const order = dateOrderOf(cell);
      if (order === 'dmy') this.#dmy++;
      else if (order === 'mdy') this.#mdy++;
      else if (order === 'either') this.#eitherDate ??= cell;
    } else if ((cell.includes('.') || cell.includes(',')) && NUMBER_SHAPE.test(cell)) {
      const sign = decimalSignOf(cell);
      if (sign === 'point') this.#point++;
      else if (sign === 'comma') this.#comma++;
      else if (sign === 'either-point') this.#eitherPoint ??= cell;
    }
  }

  get dates(): ColumnStyle['dates'] {
    if (this.#dmy === 0 && this.#mdy === 0) return this.#eitherDate === null ? 'none' : 'unclear';
    return this.#dmy >= this.#mdy ? 'dmy' : 'mdy';
  }

  get decimals(): ColumnStyle['decimals'] {
    if (this.#point === 0 && this.#comma === 0) return this.#eitherPoint === null ? 'none' : 'unclear';
    return this.#point >= this.#comma ? 'point' : 'comma';
  }

  /** Were there cells that more rows might decide? */
  get isUnclear(): boolean {
    return this.dates === 'unclear' || this.decimals === 'unclear';
  }

  get unclearExample(): string | null {
    return this.#eitherDate ?? this.#eitherPoint;
  }
}

const only = <T>(values: readonly T[]): T | null => {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
};

/**
 * The style of each column: its own evidence first; where that is silent, what all other columns of the
 * file agree on, since one program wrote them.
 */
export function decideStyles(evidence: readonly ColumnEvidence[]): ColumnStyle[] {
  const orders = evidence.map(({ dates }) => dates).filter((value) => value === 'dmy' || value === 'mdy');
  const signs = evidence.map(({ decimals }) => decimals).filter((value) => value === 'point' || value === 'comma');
  const fileOrder = only(orders);
  const fileSign = only(signs);
  return evidence.map((column) => ({
    dates: column.dates === 'unclear' && fileOrder ? fileOrder : column.dates,
    decimals: (column.decimals === 'unclear' || column.decimals === 'none') && fileSign ? fileSign : column.decimals,
    unclearExample: column.unclearExample,
  }));
}
