import { hiddenCustomOf, type Principal } from '../access/index.ts';
import { MOST_TAGS } from '../contracts/common.ts';
import { invalid, ProblemError } from '../http/index.ts';
import { checkWritable } from '../pipeline/index.ts';
import type { LockedRecord, SurvivorChange } from './merge.repository.ts';
import type { Mergeable } from './mergeable.ts';

const CUSTOM = 'custom.';

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What the survivor takes over: the chosen record's value of a field, else its own, else that of the first absorbed
 * record which has any. Tags are put together. What is empty is filled from fields that the principal doesn't see as
 * well: a merge loses nothing. To choose among values takes seeing them.
 *
 * @throws ProblemError invalid, when a choice names a field that isn't there or a record that isn't merged; forbidden,
 *   when it names a guarded field that the principal doesn't see; conflict, when they have too many tags or
 *   it names another amount for an opportunity that is won
 */
export function survivorChange(
  principal: Principal,
  kind: Mergeable,
  survivor: LockedRecord,
  absorbed: readonly LockedRecord[],
  choices: Readonly<Record<string, string>>,
): SurvivorChange {
  const all = [survivor, ...absorbed];
  const customKeys = new Set(all.flatMap(({ row }) => Object.keys(row.custom)));
  const hiddenKeys = hiddenCustomOf(principal.fieldGroups, kind.entity);
  const shownKeys = new Set([...customKeys].filter((key) => !hiddenKeys.includes(key)));
  checkChoices(kind, all, shownKeys, choices);
  checkWritable(principal, kind.entity, choices, { below: '/fields' });

  // What a won opportunity has sold stays its amount.
  const isBooked = kind.entity === 'opportunity' && survivor.isWon;
  if (isBooked && choices.amount !== undefined && choices.amount !== survivor.id) {
    const message = 'stays what was sold: the opportunity that stays is won';
    throw new ProblemError('conflict', `amount ${message}.`, { errors: [{ pointer: '/fields/amount', message }] });
  }
  const columns: SurvivorChange['columns'][number][] = [];
  for (const [field, names] of Object.entries(kind.fields)) {
    if (isBooked && field === 'amount') continue;
    const holds = (record: LockedRecord) => !isEmpty(record.row[names[0] ?? '']);
    const from = sourceOf(all, holds, choices[field]);
    if (from && from !== survivor) columns.push(...names.map((column) => ({ column, from: from.id })));
  }
  const ids = new Set(all.map(({ id }) => id));
  const parents = columns.filter(({ column }) => column === 'parent_id');
  const parent = parents[0] ? all.find(({ id }) => id === parents[0]?.from)?.row.parent_id : survivor.row.parent_id;
  const isOwnParent = typeof parent === 'string' && ids.has(parent);

  const custom: Record<string, unknown> = {};
  for (const key of customKeys) {
    const from = sourceOf(all, (record) => !isEmpty(record.row.custom[key]), choices[CUSTOM + key]);
    if (from && from !== survivor) custom[key] = from.row.custom[key] ?? null;
  }
  const tags = [...new Set(all.flatMap(({ row }) => row.tags))];
  if (tags.length > MOST_TAGS && tags.length > survivor.row.tags.length)
    throw new ProblemError(
      'conflict',
      `Together they have ${tags.length} tags; a record has at most ${MOST_TAGS}. Take some off first.`,
    );
  return {
    columns: isOwnParent ? columns.filter(({ column }) => column !== 'parent_id') : columns,
    emptied: isOwnParent ? ['parent_id'] : [],
    custom,
    tags: tags.length > survivor.row.tags.length ? tags : null,
  };
}

const sourceOf = (
  all: readonly LockedRecord[],
  holds: (record: LockedRecord) => boolean,
  choice: string | undefined,
): LockedRecord | undefined => (choice === undefined ? all.find(holds) : all.find(({ id }) => id === choice));

function checkChoices(
  kind: Mergeable,
  all: readonly LockedRecord[],
  customKeys: ReadonlySet<string>,
  choices: Readonly<Record<string, string>>,
): void {
  for (const [field, id] of Object.entries(choices)) {
    const isKnown = field.startsWith(CUSTOM)
      ? customKeys.has(field.slice(CUSTOM.length))
      : Object.hasOwn(kind.fields, field);
    if (!isKnown) throw invalid(`/fields/${field}`, `is not a field that a ${kind.entity} can take over`);
    if (!all.some((record) => record.id === id)) throw invalid(`/fields/${field}`, 'must be one of the merged records');
  }
}
