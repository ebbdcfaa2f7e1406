import {
  type FieldGroup,
  type FieldView,
  guardedNouns,
  guardOf,
  hiddenCustomOf,
  type Principal,
} from '../access/index.ts';
import type { ImportEntity } from '../contracts/imports.ts';
import { entityImports } from './entities/catalogue.ts';
import type { ImportField } from './entities/field.ts';
import { CUSTOM_PREFIX } from './mapping/custom-fields.ts';
import { guessMapping } from './mapping/guess.ts';
import type { FileColumn } from './reading/inspect.ts';
import type { KeptMapping } from './run.repository.ts';

type Groups = ReadonlySet<FieldGroup>;

const isHiddenCustom = (entity: ImportEntity, key: string, shown: FieldView): boolean =>
  key.startsWith(CUSTOM_PREFIX) && hiddenCustomOf(shown, records[entity]).includes(key.slice(CUSTOM_PREFIX.length));

/** What the records of an import are called where guarded fields are listed. */
const records: Readonly<Record<ImportEntity, string>> = {
  leads: 'lead',
  opportunities: 'opportunity',
  sales: 'sale',
  accounts: 'account',
  contacts: 'contact',
  products: 'product',
  teams: 'team',
  spend: 'spend',
};

/** The group that guards a field of an import and isn't among `shown`; null where it may be filled. */
export function hiddenGroup(entity: ImportEntity, key: string, shown: Groups): FieldGroup | null {
  const group = guardOf(records[entity], key);
  return group === null || shown.has(group) ? null : group;
}

export const hiddenFieldSentence = (column: string, group: FieldGroup): string =>
  `Your role does not show you ${guardedNouns[group]}, so it can't import them: map "${column}" to null.`;

/** The columns of a file that look like a field which isn't shown, whichever else they may look like. */
export function hiddenColumns(
  entity: ImportEntity,
  fields: readonly ImportField[],
  columns: readonly FileColumn[],
  shown: Groups,
): ReadonlySet<FileColumn> {
  const hidden = fields.filter(({ key }) => hiddenGroup(entity, key, shown) !== null);
  const looksLike = (column: FileColumn) =>
    hidden.some((field) => guessMapping([column], [field]).get(column) !== null);
  return new Set(hidden.length === 0 ? [] : columns.filter(looksLike));
}

/** Which cells of an imported file somebody may see again. */
export interface CellAccess {
  /** rows that could not be cut into columns, where any cell may hold anything */
  brokenRows: boolean;
  column(name: string | null): boolean;
}

export const EVERY_CELL: CellAccess = { brokenRows: true, column: () => true };
const NO_CELL: CellAccess = { brokenRows: false, column: () => false };

/**
 * The cells of a run's file that a person may see. Who sees all fields of such records sees all. Others see what
 * is in no guarded column, and only of files they brought themselves: nobody can tell what else a column holds.
 */
export function cellAccess(
  principal: Pick<Principal, 'fieldGroups' | 'userId'>,
  run: { entity: ImportEntity; startedBy: string | null },
  kept: KeptMapping | null,
): CellAccess {
  const { fields } = entityImports[run.entity];
  const shown = principal.fieldGroups;
  const targets = Object.entries(kept?.fields ?? {}).map(([name, target]): [string, string] => [
    name,
    (target ?? '').split(':')[0] ?? '',
  ]);
  const hasHidden = targets.some(([, key]) => isHiddenCustom(run.entity, key, shown));
  if (!hasHidden && fields.every(({ key }) => hiddenGroup(run.entity, key, shown) === null)) return EVERY_CELL;
  if (run.startedBy !== principal.userId || kept === null) return NO_CELL;
  const columns =
    kept.inspection?.columns ?? kept.columns.map((name): FileColumn => ({ name, samples: [], style: UNKNOWN_STYLE }));
  const hidden = new Set([...hiddenColumns(run.entity, fields, columns, shown)].map(({ name }) => name));
  for (const [name, key] of targets) {
    if (hiddenGroup(run.entity, key, shown) !== null || isHiddenCustom(run.entity, key, shown)) hidden.add(name);
  }
  return { brokenRows: false, column: (name) => name === null || !hidden.has(name) };
}

const UNKNOWN_STYLE: FileColumn['style'] = { dates: 'none', decimals: 'none', unclearExample: null };

/** Said in place of a reason that would quote a cell. */
export const HIDDEN_REASON = 'has a value that cannot be taken';
