import type { RecordType } from '../contracts/common.ts';
import type { FieldGroup } from './field-groups.ts';

/** Keys of custom fields that somebody does not see, by the kind of record. */
export type HiddenCustom = Readonly<Partial<Record<RecordType, readonly string[]>>>;

/**
 * Which fields somebody sees: the guarded groups that are shown, and the custom fields that are not. It goes
 * wherever records are read, so that nobody can ask for the groups and forget the custom fields.
 */
export interface FieldView extends ReadonlySet<FieldGroup> {
  readonly hiddenCustom: HiddenCustom;
}

export const fieldView = (groups: Iterable<FieldGroup>, hiddenCustom: HiddenCustom = {}): FieldView =>
  Object.assign(new Set(groups), { hiddenCustom });

const NONE: readonly string[] = [];

/** The custom fields of an entity that the view hides. */
export const hiddenCustomOf = ({ hiddenCustom }: FieldView, entity: string): readonly string[] =>
  Object.hasOwn(hiddenCustom, entity) ? (hiddenCustom[entity as RecordType] ?? NONE) : NONE;
