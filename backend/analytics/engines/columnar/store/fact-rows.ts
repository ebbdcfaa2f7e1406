import type { FactId } from '../../../measures.ts';
import type { CustomerRow, LeadRow, OpportunityRow, SpendRow } from './contract.ts';
import { decimalOf, type FactRow } from './fact-table.ts';

/** Facts that are known by an id. */
export type KeyedFact = Exclude<FactId, 'sales'>;

/** What `state` of a fact says. */
export const CONVERTED = 1;
export const [OPEN, WON, LOST] = [0, 1, 2];
const STATES: Readonly<Record<OpportunityRow['state'], number>> = { open: OPEN, won: WON, lost: LOST };

const nothing = { state: 0, amount: null, weighted: null, cycleDays: null };

export const customerFact = (row: CustomerRow): FactRow => ({ ...nothing, ...row });

export const leadFact = ({ isConverted, ...row }: LeadRow): FactRow => ({
  ...nothing,
  ...row,
  state: isConverted ? CONVERTED : 0,
});

export const opportunityFact = (row: OpportunityRow): FactRow => ({
  ...row,
  state: STATES[row.state],
  weighted: row.weighted === null ? null : decimalOf(row.weighted),
});

export const spendFact = (row: SpendRow): FactRow => ({ ...nothing, ...row });
