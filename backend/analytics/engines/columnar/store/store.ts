import type { MeasureRow } from '../../../engine.ts';
import { type FactId, measureFacts } from '../../../measures.ts';
import { Cells } from './cells.ts';
import type { AccountCodes, Changes, ColumnStore, Keyed, StoreQuestion } from './contract.ts';
import { type Dictionaries, newDictionaries } from './dimensions.ts';
import { answerFacts } from './fact-query.ts';
import { customerFact, leadFact, opportunityFact, spendFact } from './fact-rows.ts';
import { type FactRow, FactTable } from './fact-table.ts';
import { checkUuids } from './row-ids.ts';
import { SalesBuilder } from './sales-builder.ts';
import { answerSales } from './sales-query.ts';
import { SalesStore } from './sales-store.ts';
import { factParts, readSnapshot, type SavedStore, tablesOf, writeSnapshot } from './snapshot.ts';

/** An empty store. */
export const createStore = (): ColumnStore => new Store();

/**
 * The store whose `toBytes` gave these parts. They belong to the store from now on.
 *
 * @throws Error when they are cut short, or something else
 */
export const storeFromBytes = (parts: readonly Uint8Array[]): ColumnStore => new Store(readSnapshot(parts));

class Store implements ColumnStore {
  readonly #dictionaries: Dictionaries;
  readonly #tables: SavedStore['tables'];
  #sales: SalesStore;
  #builder: SalesBuilder | null = null;

  constructor(saved?: SavedStore) {
    this.#dictionaries = saved?.dictionaries ?? newDictionaries();
    this.#tables = saved?.tables ?? tablesOf((name) => new FactTable(this.#dictionaries, factParts[name]));
    this.#sales = new SalesStore(this.#dictionaries, this.#buyers, saved?.sales);
  }

  /** Accounts have the numbers of their rows in the table of customers, which stay as they are. */
  get #buyers(): AccountCodes {
    const { customers } = this.#tables;
    return {
      codeOf: (id) => customers.reserve(id) + 1,
      get size() {
        return customers.rows + 1;
      },
    };
  }

  readonly load = this.#loading();

  #loading(): ColumnStore['load'] {
    const builder = (): SalesBuilder => {
      this.#builder ??= new SalesBuilder(this.#dictionaries, this.#buyers);
      return this.#builder;
    };
    return {
      get sales() {
        return builder();
      },
      sale: (row) => builder().take(row),
      customer: (row) => this.#tables.customers.put(customerFact(row)),
      lead: (row) => this.#tables.leads.put(leadFact(row)),
      opportunity: (row) => this.#tables.opportunities.put(opportunityFact(row)),
      spend: (row) => this.#tables.spend.put(spendFact(row)),
      finish: () => {
        if (this.#builder === null) return;
        if (this.#sales.rows > 0) throw new Error('sales are loaded only once');
        this.#sales = new SalesStore(this.#dictionaries, this.#buyers, this.#builder.finish());
        this.#builder = null;
        for (const table of Object.values(this.#tables)) table.trim();
      },
    };
  }

  apply({ sales, customers, leads, opportunities, spend }: Changes): void {
    this.#checkLoaded();
    // Whatever can fail comes first.
    const prepared = this.#sales.prepare(sales.joined, sales.left);
    const steps = [
      preparedFacts(this.#tables.customers, customers, customerFact),
      preparedFacts(this.#tables.leads, leads, leadFact),
      preparedFacts(this.#tables.opportunities, opportunities, opportunityFact),
      preparedFacts(this.#tables.spend, spend, spendFact),
    ];
    this.#sales.take(prepared);
    for (const step of steps) step();
  }

  compact(): void {
    this.#checkLoaded();
    this.#sales.compact();
  }

  table(question: StoreQuestion): MeasureRow[] {
    this.#checkLoaded();
    const cells = new Cells();
    const facts = new Set(question.measures.map((measure): FactId => measureFacts[measure]));
    for (const fact of facts) {
      const measures = question.measures.filter((measure) => measureFacts[measure] === fact);
      cells.next();
      if (fact === 'sales') {
        answerSales(this.#sales.segments, this.#dictionaries, this.#buyers.size, question, measures, cells);
      } else {
        const table = this.#tables[fact === 'closed' || fact === 'pipeline' ? 'opportunities' : fact];
        answerFacts(fact, table, this.#dictionaries, question, measures, cells);
      }
    }
    return cells.rows();
  }

  size(): { rows: number; bytes: number } {
    const tables = Object.values(this.#tables);
    const dictionaries = this.#dictionaries.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      rows: tables.reduce((sum, { facts }) => sum + facts, this.#sales.rows),
      bytes: tables.reduce((sum, { bytes }) => sum + bytes, this.#sales.bytes + dictionaries),
    };
  }

  toBytes(): Uint8Array[] {
    this.compact();
    const [main] = this.#sales.segments;
    if (!main) throw new Error('the store has no segment');
    return writeSnapshot({ dictionaries: this.#dictionaries, tables: this.#tables, sales: main.segment });
  }

  #checkLoaded(): void {
    if (this.#builder !== null) throw new Error('the store is still being loaded');
  }
}

/** Reads the rows of a change; what is returned takes them in and can't fail. */
function preparedFacts<Row>(table: FactTable, { put, gone }: Keyed<Row>, factOf: (row: Row) => FactRow): () => void {
  const facts = put.map(factOf);
  checkUuids([...gone, ...facts.map(({ id }) => id)]);
  return () => {
    for (const id of gone) table.remove(id);
    for (const fact of facts) table.put(fact);
  };
}
