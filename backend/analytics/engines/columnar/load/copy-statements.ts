import {
  type AccountRange,
  customerQuery,
  type FactQuery,
  leadQuery,
  opportunityQuery,
  spendQuery,
} from '../feed/fact-fields.ts';
import type { LoadedFact } from './loader.ts';
import { saleColumns } from './sale-reader.ts';

/** A query whose rows a loader takes, and how many fields they have. */
export interface FactCopy {
  fact: LoadedFact;
  query: string;
  fields: number;
}

/** Sales that count for something: those that are deleted don't. */
const salesWhere = (bounds: readonly string[]): FactCopy => ({
  fact: 'sale',
  query: `select ${saleColumns.join(', ')} from sale where ${['deleted_at is null', ...bounds].join(' and ')}`,
  fields: saleColumns.length,
});

/** Sales of the days from `from` to before `until`; null: and all later ones. */
export const salesOfDays = (from: string, until: string | null): FactCopy =>
  salesWhere([`sold_on >= '${from}'`, ...(until === null ? [] : [`sold_on < '${until}'`])]);

/** Sales in the table's pages from `from` to before `until`; null: and all later ones. */
export const salesOfPages = (from: number, until: number | null): FactCopy =>
  salesWhere([`ctid >= '(${from},0)'`, ...(until === null ? [] : [`ctid < '(${until},0)'`])]);

const copyOf = (fact: LoadedFact, { fields, from, where }: FactQuery): FactCopy => ({
  fact,
  query: `select ${fields.join(', ')} from ${from} where ${where}`,
  fields: fields.length,
});

export const customersCopy = (accounts?: AccountRange): FactCopy => copyOf('customer', customerQuery(accounts));

/** What is neither sales nor customers. */
export const otherCopies = (timeZone: string): FactCopy[] => [
  copyOf('lead', leadQuery(timeZone)),
  copyOf('opportunity', opportunityQuery(timeZone)),
  copyOf('spend', spendQuery),
];
