import { hash } from 'node:crypto';
import type { CustomField } from '../../contracts/fields.ts';
import { CUSTOM_PREFIX, customValue } from '../mapping/custom-fields.ts';
import type { ImportPlan, PlannedColumn } from '../mapping/plan.ts';
import type { RawRecord } from '../reading/records.ts';
import { CellProblem } from '../values/cell-problem.ts';
import type { EntityImport, Fail, RowIdentity, RunFacts } from './entity-import.ts';
import type { ImportRow } from './import-row.ts';

/** A quotation mark that our own list of refused rows puts before cells that a spreadsheet would run. */
const ESCAPED_CELL = /^'(?=[=+\-@\t\r\n＝＋－＠])/;

/**
 * Turns records into rows: parses the mapped cells, checks the rules of the entity and gives each row the
 * key it is recognised by. Keeps the keys of the whole file, so that a key that comes twice is noticed.
 */
export class RowReader {
  readonly #definition: EntityImport;
  readonly #run: RunFacts;
  readonly #columns: readonly PlannedColumn[];
  readonly #width: number;
  readonly #isErrorReport: boolean;
  readonly #columnNames: ReadonlyMap<string, string>;
  readonly #lines = new Map<string, number>();
  readonly #occurrences = new Map<string, number>();
  /** Notes a problem of a row under the column that its field came from. */
  readonly fail: Fail;

  constructor(definition: EntityImport, run: RunFacts, plan: ImportPlan, width: number, isErrorReport: boolean) {
    this.#definition = definition;
    this.#run = run;
    // In the order of the fields' keys: a file whose columns were put in another order has the same content.
    this.#columns = plan.columns.toSorted((a, b) => (a.field.key < b.field.key ? -1 : 1));
    this.#width = width;
    this.#isErrorReport = isErrorReport;
    this.#columnNames = new Map(plan.columns.map(({ field, name }) => [field.key, name]));
    this.fail = (row, field, reason) => {
      row.problems ??= [];
      row.problems.push({ column: field === null ? null : (this.#columnNames.get(field) ?? null), reason });
    };
  }

  read({ line, cells }: RawRecord): ImportRow {
    const row: ImportRow = { line, cells, values: {}, custom: null, key: '', problems: null };
    if (cells.length > this.#width && cells.slice(this.#width).some((cell) => cell.trim() !== '')) {
      this.fail(
        row,
        null,
        `has ${cells.length} cells where the first line names ${this.#width} columns; is a quotation mark missing?`,
      );
      return row;
    }
    for (const { index, field, parse } of this.#columns) {
      let raw = cells[index] ?? '';
      if (this.#isErrorReport && ESCAPED_CELL.test(raw)) raw = raw.slice(1);
      const value = parse(raw);
      if (value instanceof CellProblem) {
        this.fail(row, field.key, value.reason);
      } else if (field.custom) {
        this.#readCustom(row, field.custom, value);
      } else row.values[field.key] = value;
    }
    if (row.problems !== null) return this.#keyed(row);
    this.#definition.check(row, this.#run, this.fail);
    return this.#keyed(row);
  }

  #readCustom(row: ImportRow, custom: CustomField, text: string | null): void {
    const value = customValue(custom, text, this.#run);
    if (value instanceof CellProblem) {
      this.fail(row, CUSTOM_PREFIX + custom.key, value.reason);
      return;
    }
    row.custom ??= {};
    row.custom[custom.key] = value;
  }

  /** Rows with problems are counted too: mended in place, the others keep their keys. */
  #keyed(row: ImportRow): ImportRow {
    const identity = this.#definition.identify(row);
    row.key = this.#keyOf(row, identity);
    return row;
  }

  #keyOf(row: ImportRow, identity: RowIdentity): string {
    if (identity.kind === 'content') {
      const digest = hash('sha256', identity.parts.map((part) => part ?? '').join('\u001f'), 'base64url').slice(0, 27);
      const occurrence = (this.#occurrences.get(digest) ?? 0) + 1;
      this.#occurrences.set(digest, occurrence);
      return `row:${digest}:${occurrence}`;
    }
    const key = identity.kind === 'id' ? `file:${identity.id}` : `name:${identity.key}`;
    const earlier = this.#lines.get(key);
    if (earlier === undefined) this.#lines.set(key, row.line);
    else this.fail(row, identity.column, `is the same as on line ${earlier}; each may occur once in a file`);
    return key;
  }
}
