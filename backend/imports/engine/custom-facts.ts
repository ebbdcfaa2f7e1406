import type { RecordType } from '../../contracts/common.ts';
import type { CustomField } from '../../contracts/fields.ts';

/** The custom fields of the records that a run brings in. */
export interface CustomColumns {
  entity: RecordType | null;
  /** those that have a column in the file */
  mapped: readonly CustomField[];
  /** what new records get in the others */
  defaults: Readonly<Record<string, unknown>>;
  /** as all of them were when the run began */
  state: string;
}
