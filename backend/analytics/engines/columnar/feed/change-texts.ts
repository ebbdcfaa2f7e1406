import type { Changes, Keyed, SaleRow } from '../store/contract.ts';
import { customerOf, type Fields, leadOf, opportunityOf, saleOf, spendOf } from './fact-fields.ts';

/** What a poll found, as JSON texts that the thread of the store reads; null: nothing of that kind. */
export interface ChangeTexts {
  /** of each statement that changed sales, its lines: sign and fields */
  sales: string | null;
  /** of each record named by the log, its fields as they are now; the id alone: it counts no more */
  customers: string | null;
  leads: string | null;
  opportunities: string | null;
  spend: string | null;
}

/** Rows of the log as changes of a store. */
export function changesOf(texts: ChangeTexts): Changes {
  const sales: { joined: SaleRow[]; left: SaleRow[] } = { joined: [], left: [] };
  for (const lines of parsed<Fields[]>(texts.sales)) {
    for (const line of lines) sales[line[0] === '+' ? 'joined' : 'left'].push(saleOf(line));
  }
  return {
    sales,
    customers: keyed(texts.customers, customerOf),
    leads: keyed(texts.leads, leadOf),
    opportunities: keyed(texts.opportunities, opportunityOf),
    spend: keyed(texts.spend, spendOf),
  };
}

const parsed = <T>(json: string | null): T[] => (json === null ? [] : (JSON.parse(json) as T[]));

function keyed<Row>(json: string | null, rowOf: (fields: Fields) => Row): Keyed<Row> {
  const put: Row[] = [];
  const gone: string[] = [];
  for (const [id, fields] of parsed<[string, Fields | null]>(json)) {
    if (fields === null) gone.push(id);
    else put.push(rowOf(fields));
  }
  return { put, gone };
}
