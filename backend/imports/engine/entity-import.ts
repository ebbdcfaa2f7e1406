import type { ImportEntity } from '../../contracts/imports.ts';
import type { BulkTx } from '../../db/index.ts';
import type { ImportField } from '../entities/field.ts';
import type { CustomColumns } from './custom-facts.ts';
import type { ImportRow } from './import-row.ts';
import type { References } from './references.ts';
import type { StageTarget } from './resolve-stages.ts';

/** What stays the same for all batches of a run. */
export interface RunFacts {
  runId: string;
  /** of the company, in which base amounts are kept */
  currency: string;
  /** currencies that can be converted into the company's */
  knownCurrencies: ReadonlySet<string>;
  timeZone: string;
  /** the company's business day when the run started */
  today: string;
  /** moment the run started, ISO 8601 */
  startedAt: string;
  /** person who runs it; null on the command line */
  userId: string | null;
  /** automation rules react to what it brings in */
  runsRules: boolean;
}

/** How a row is recognised: by an id of its own, or by the fields that make it what it is. */
export type RowIdentity =
  | { kind: 'id'; id: string; column: string }
  /** each may occur once in a file */
  | { kind: 'name'; key: string; column: string }
  /** rows with equal content are told apart by their order in the file */
  | { kind: 'content'; parts: readonly (string | null)[] };

export interface MergeCounts {
  created: number;
  updated: number;
  unchanged: number;
}

export interface MergeContext {
  tx: BulkTx;
  run: RunFacts;
  references: References;
  /** fields that have a column in the file */
  mapped: ReadonlySet<string>;
  /** the custom fields of these records */
  custom: CustomColumns;
}

/** Says what is wrong with a row; `field` leads to the column it came from. */
export type Fail = (row: ImportRow, field: string | null, reason: string) => void;

/** How one kind of record is brought in. */
export interface EntityImport {
  entity: ImportEntity;
  fields: readonly ImportField[];
  /** records whose custom fields can be filled */
  customEntity: 'lead' | 'opportunity' | 'account' | 'contact' | null;
  /** what keeps a mapping from making sense, beyond missing required fields */
  mappingProblems(mapped: ReadonlySet<string>): string[];
  /** rules between the cells of one row */
  check(row: ImportRow, run: RunFacts, fail: Fail): void;
  identify(row: ImportRow): RowIdentity;
  /** Rules that depend on the stage the row is in; for entities with a field `stage`. */
  checkStage?(row: ImportRow, stage: StageTarget | null, fail: Fail): void;
  /** asks for the records that the row names, its stage left out */
  refer(row: ImportRow, references: References): void;
  /** Writes the rows, all sound and with different keys. */
  merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts>;
}
