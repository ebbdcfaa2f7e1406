import { isInScope } from '../../../../backend/access/index.ts';
import { add, multiply } from '../../../../backend/analytics/decimal.ts';
import type { MeasureRow } from '../../../../backend/analytics/engine.ts';
import type {
  Changes,
  CustomerRow,
  Keyed,
  LeadRow,
  OpportunityRow,
  SaleRow,
  SpendRow,
  StoreQuestion,
} from '../../../../backend/analytics/engines/columnar/store/contract.ts';
import {
  type FactId,
  factDimensions,
  type Measures,
  measureFacts,
  noMeasures,
} from '../../../../backend/analytics/measures.ts';
import { bucketOf } from '../../../../backend/analytics/periods.ts';
import type { Dimension } from '../../../../backend/contracts/analytics.ts';

/** The facts as plain lists. */
export interface Model {
  sales: SaleRow[];
  customers: CustomerRow[];
  leads: LeadRow[];
  opportunities: OpportunityRow[];
  spend: SpendRow[];
}

export const emptyModel = (): Model => ({ sales: [], customers: [], leads: [], opportunities: [], spend: [] });

type Fact = { day: number | null } & Partial<Record<Dimension, string | null>>;

export const dayOfNumber = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The answer to a question, computed row by row with decimal texts. */
export function expectedTable(model: Model, question: StoreQuestion): MeasureRow[] {
  const cells = new Map<string, MeasureRow>();
  for (const fact of new Set(question.measures.map((measure): FactId => measureFacts[measure]))) {
    const groups = new Map<string, Fact[]>();
    for (const row of rowsOf(model, fact, question)) {
      const id = JSON.stringify(placeOf(row, fact, question));
      const group = groups.get(id);
      if (group) group.push(row);
      else groups.set(id, [row]);
    }
    for (const [id, rows] of groups) {
      const [bucket, key] = JSON.parse(id) as [string | null, string | null];
      const cell = cells.get(id) ?? { bucket, key, measures: { ...noMeasures } };
      const all = measuresOf(fact, rows);
      for (const measure of question.measures) {
        if (measureFacts[measure] === fact) Object.assign(cell.measures, { [measure]: all[measure] });
      }
      cells.set(id, cell);
    }
  }
  return [...cells.values()];
}

function placeOf(row: Fact, fact: FactId, { grain, by }: StoreQuestion): [string | null, string | null] {
  const bucket = grain === null || fact === 'pipeline' ? null : bucketOf(dayOfNumber(row.day ?? 0), grain);
  return [bucket, by === null ? null : (row[by as Dimension] ?? null)];
}

function rowsOf(model: Model, fact: FactId, { period, filters, scope }: StoreQuestion): Fact[] {
  const table = fact === 'closed' || fact === 'pipeline' ? 'opportunities' : fact;
  return (model[table] as Fact[]).filter((row) => {
    const { state } = row as Partial<OpportunityRow>;
    if (fact === 'pipeline' ? state !== 'open' : row.day === null) return false;
    if (fact === 'closed' && state === 'open') return false;
    const day = dayOfNumber(row.day ?? 0);
    if (fact !== 'pipeline' && (day < period.from || day > period.to)) return false;
    const team = row.team ?? null;
    const isReached =
      fact === 'spend'
        ? scope.kind === 'all' || (scope.kind === 'team' && team !== null && scope.teamIds.includes(team))
        : isInScope(scope, { ownerId: row.owner ?? null, teamId: team });
    const isWanted = Object.entries(filters).every(([name, values]) => values.includes(row[name as Dimension] ?? null));
    return isReached && isWanted;
  });
}

export const decimal = (tenThousandths: bigint): string => {
  const digits = String(tenThousandths < 0n ? -tenThousandths : tenThousandths).padStart(5, '0');
  return `${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
};
const sum = (amounts: readonly (bigint | null | undefined)[]): string => {
  const present = amounts.filter((amount) => typeof amount === 'bigint');
  return present.length === 0 ? '0' : decimal(present.reduce((total, amount) => total + amount, 0n));
};
const count = (rows: readonly unknown[]): string => String(rows.length);

function measuresOf(fact: FactId, facts: readonly Fact[]): Partial<Measures> {
  if (fact === 'sales') {
    const rows = facts as SaleRow[];
    const costed = rows.filter(({ cost }) => cost !== null);
    return {
      revenue: sum(rows.map(({ amount }) => amount)),
      saleCount: count(rows),
      units: sum(rows.map(({ quantity }) => quantity)),
      costedRevenue: sum(costed.map(({ amount }) => amount)),
      costedCount: count(costed),
      cost: sum(costed.map(({ cost }) => cost)),
      activeCustomers: count([...new Set(rows.flatMap(({ account }) => account ?? []))]),
    };
  }
  if (fact === 'customers') return { newCustomers: count(facts) };
  if (fact === 'leads') {
    return { leadCount: count(facts), convertedCount: count((facts as LeadRow[]).filter((row) => row.isConverted)) };
  }
  if (fact === 'spend') return { spend: sum((facts as SpendRow[]).map(({ amount }) => amount)) };
  const rows = facts as OpportunityRow[];
  if (fact === 'pipeline') {
    const weighted = rows.flatMap((row) => (row.weighted === null ? [] : [row.weighted]));
    return {
      openCount: count(rows),
      openAmount: sum(rows.map(({ amount }) => amount)),
      openWeighted: weighted.reduce((total, one) => add(total, one), '0'),
    };
  }
  const won = rows.filter(({ state }) => state === 'won');
  return {
    wonCount: count(won),
    lostCount: count(rows.filter(({ state }) => state === 'lost')),
    wonAmount: sum(won.map(({ amount }) => amount)),
    wonPriced: count(won.filter(({ amount }) => amount !== null)),
    cycleDays: middle(won.flatMap(({ cycleDays }) => (cycleDays === null ? [] : [cycleDays]))),
  };
}

function middle(days: readonly number[]): string | null {
  const sorted = days.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) return null;
  const twice = low + high;
  return twice % 2 === 0 ? String(twice / 2) : multiply(String(twice), '0.5');
}

/** What the changes make of the model. */
export function applyToModel(model: Model, changes: Changes): void {
  model.sales.push(...changes.sales.joined);
  for (const left of changes.sales.left) {
    const index = model.sales.findIndex((sale) => keyOf(sale) === keyOf(left));
    if (index < 0) throw new Error('the test takes out a sale that is not there');
    model.sales.splice(index, 1);
  }
  model.customers = changed(model.customers, changes.customers);
  model.leads = changed(model.leads, changes.leads);
  model.opportunities = changed(model.opportunities, changes.opportunities);
  model.spend = changed(model.spend, changes.spend);
}

const keyOf = (sale: SaleRow): string =>
  JSON.stringify(sale, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

function changed<Row extends { id: string }>(rows: readonly Row[], { put, gone }: Keyed<Row>): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of gone) byId.delete(id);
  for (const row of put) byId.set(row.id, row);
  return [...byId.values()];
}

/** Rows in an order that doesn't depend on who answered. */
export const inOrder = (rows: readonly MeasureRow[]): MeasureRow[] =>
  rows.toSorted((a, b) => (JSON.stringify([a.bucket, a.key]) < JSON.stringify([b.bucket, b.key]) ? -1 : 1));

/** Can facts of this kind be split and filtered by all of these? */
export const hasDimensions = (fact: FactId, wanted: readonly Dimension[]): boolean =>
  wanted.every((dimension) => factDimensions[fact].has(dimension));
