import type { Dimension } from '../../../../contracts/analytics.ts';
import type { MeasureRow, Question } from '../../../engine.ts';

/** A value of a dimension as the database writes it; null: not set. */
type Values = Readonly<Record<Dimension, string | null>>;

/** A company business day, counted from 1970-01-01. */
export type DayNumber = number;

/** Money and quantities are ten-thousandths: `numeric(18, 4)` without its point. */
export type TenThousandths = bigint;

/**
 * A sale as analytics count it. It has no id: whoever takes one out says what it was, and any equal row may go, so that
 * a row is its columns and nothing more.
 */
export interface SaleRow extends Values {
  day: DayNumber;
  amount: TenThousandths;
  /** null: not known */
  cost: TenThousandths | null;
  quantity: TenThousandths;
  /** id of the account that bought; null: not known */
  account: string | null;
}

/** An account that has bought, with its first sale ever. `id` is the account's. */
export interface CustomerRow extends Values {
  id: string;
  day: DayNumber;
}

export interface LeadRow extends Omit<Values, 'product'> {
  id: string;
  /** day of its creation */
  day: DayNumber;
  isConverted: boolean;
}

export interface OpportunityRow extends Values {
  id: string;
  state: 'open' | 'won' | 'lost';
  /** day of closing; null while open */
  day: DayNumber | null;
  amount: TenThousandths | null;
  /** amount times probability, exact, as a decimal string; of open ones that have an amount */
  weighted: string | null;
  /** from creation to winning; of won ones that weren't won before they were created */
  cycleDays: number | null;
}

export interface SpendRow extends Pick<Values, 'region' | 'team' | 'source'> {
  id: string;
  day: DayNumber;
  amount: TenThousandths;
}

/** Rows that are known by an id: as they are now, and those that are no more. */
export interface Keyed<T> {
  put: readonly T[];
  gone: readonly string[];
}

/** What happened between two states of the database. Applied as a whole or not at all. */
export interface Changes {
  sales: { joined: readonly SaleRow[]; left: readonly SaleRow[] };
  customers: Keyed<CustomerRow>;
  leads: Keyed<LeadRow>;
  opportunities: Keyed<OpportunityRow>;
  spend: Keyed<SpendRow>;
}

/** What a store can answer: no custom fields, and the pipeline only as it is now, without a grain. */
export type StoreQuestion = Omit<Question, 'custom' | 'byReach'>;

/** Numbers for the accounts that buy. */
export interface AccountCodes {
  /** The number of an account, from 1 on, given when it is first asked for. @throws SyntaxError when the id is no uuid */
  codeOf(id: string): number;
  /** Numbers are below this. */
  readonly size: number;
}

/** Takes sales in by the numbers that their values have here: the fast way for millions. */
export interface SalesLoad {
  /** The number of a value of a dimension (the place in `dimensions`), which is taken in when it is new; 0: not set. */
  codeOf(dimension: number, value: string): number;
  /** The number of an account that bought. */
  accountCode(id: string): number;
  /**
   * @param codes by dimension
   * @param account the number of the account; 0: not known
   * @param amounts ten-thousandths of amount, cost (NaN: not known) and quantity
   * @returns the number of the sale
   */
  add(day: DayNumber, codes: Uint32Array, account: number, amounts: Float64Array): number;
  /** One of the three amounts, of a sale that was added, that a number can't hold to the last digit. */
  setLarge(sale: number, amount: number, value: TenThousandths): void;
}

/** Facts in columns, in memory of this thread. */
export interface ColumnStore {
  /** Takes rows in before anything was asked, in any order; `finish` sorts. The fast way for millions. */
  load: {
    readonly sales: SalesLoad;
    sale(row: SaleRow): void;
    customer(row: CustomerRow): void;
    lead(row: LeadRow): void;
    opportunity(row: OpportunityRow): void;
    spend(row: SpendRow): void;
    finish(): void;
  };
  /** @throws Error when a sale that left was never there: the store is no copy of the database any more */
  apply(changes: Changes): void;
  /** Merges what was applied since into the sorted columns; called now and then, never needed for right answers. */
  compact(): void;
  /** The cells that have facts, in no particular order, to the last digit as the sql engine writes them. */
  table(question: StoreQuestion): MeasureRow[];
  /** what it holds, for the memory limit and the system page */
  size(): { rows: number; bytes: number };
  /** The whole store as bytes, for a file. `fromBytes` takes what a reader of the file gives. */
  toBytes(): Uint8Array[];
}
