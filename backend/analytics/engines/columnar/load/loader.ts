import { customerOf, type Fields, leadOf, opportunityOf, spendOf } from '../feed/fact-fields.ts';
import type { ColumnStore } from '../store/contract.ts';
import { type TakeRow, textFields } from './binary-rows.ts';
import { saleReader } from './sale-reader.ts';

/** The facts in the order in which they are loaded. */
export type LoadedFact = 'sale' | 'customer' | 'lead' | 'opportunity' | 'spend';

/** Fills an empty store from rows as the database sends them. */
export interface Loader {
  take: Readonly<Record<LoadedFact, TakeRow>>;
  /** rows taken so far */
  readonly rows: number;
  /** Nothing more comes. */
  finish(): void;
}

export function createLoader({ load }: Pick<ColumnStore, 'load'>): Loader {
  let rows = 0;
  const takeSale = saleReader(load.sales);
  const keyed =
    <Row>(rowOf: (fields: Fields) => Row, give: (row: Row) => void): TakeRow =>
    (bytes, starts, ends) => {
      rows++;
      give(rowOf(textFields(bytes, starts, ends)));
    };
  return {
    take: {
      sale(bytes, starts, ends) {
        rows++;
        takeSale(bytes, starts, ends);
      },
      customer: keyed(customerOf, (row) => load.customer(row)),
      lead: keyed(leadOf, (row) => load.lead(row)),
      opportunity: keyed(opportunityOf, (row) => load.opportunity(row)),
      spend: keyed(spendOf, (row) => load.spend(row)),
    },
    get rows() {
      return rows;
    },
    finish: () => load.finish(),
  };
}
