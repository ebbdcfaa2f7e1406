import { isFieldShown, type Principal, type Reach, scopeOf } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { TimelineEntry } from '../contracts/timeline.ts';
import { presented } from './activity.service.ts';
import type { CustomNames } from './custom-names.repository.ts';
import type { TimelineRow } from './timeline.repository.ts';

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;
type Json = Record<string, unknown>;

/** Parts of a record that say nothing by changing, or that other entries tell of. */
const SILENT = new Set([
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'position',
  'stage',
  'stageSince',
  'score',
  'converted',
]);

/**
 * An entry of the timeline of a record of kind `own` as this person may see it: fields that their role hides are left
 * out, and a change of hidden fields alone, by a person or a rule, is no entry at all (null).
 */
export function entryOf(
  row: TimelineRow,
  own: RecordType,
  principal: Principal,
  names: CustomNames,
): TimelineEntry | null {
  const shared = { id: `${row.kind}:${row.id}`, at: row.at, actor: row.actor, rule: row.rule, record: row.record };
  const type = row.record?.type ?? own;
  switch (row.kind) {
    case 'activity':
      return { ...shared, kind: 'activity', activity: presented(row.data as Of<'activity'>['activity']) };
    case 'stage':
      return { ...shared, kind: 'stage', ...(row.data as Pick<Of<'stage'>, 'event' | 'from' | 'to'>) };
    case 'task':
      return { ...shared, kind: 'task', ...(row.data as Pick<Of<'task'>, 'event' | 'task'>) };
    case 'file':
      return { ...shared, kind: 'file', attachment: row.data as Of<'file'>['attachment'] };
    case 'merge':
      return { ...shared, kind: 'merge', ...(row.data as Pick<Of<'merge'>, 'event' | 'absorbed'>) };
    case 'conversion':
      return { ...shared, kind: 'conversion', ...(row.data as Pick<Of<'conversion'>, 'event' | 'records'>) };
    case 'rule': {
      const { text, field } = row.data as { text: string; field: string | null };
      if (field !== null && !isFieldShown(type, field, scopeOf(principal, `${type}.read`))) return null;
      return { ...shared, kind: 'rule', text: withoutAddresses(text, principal) };
    }
    case 'change': {
      const { event, before, after } = row.data as { event: Of<'change'>['event']; before: Json; after: Json };
      const reach = scopeOf(principal, `${type}.read`);
      const fields = event === 'updated' ? changedFields(type, reach, before, after).map(called(type, names)) : [];
      return event === 'updated' && fields.length === 0 ? null : { ...shared, kind: 'change', event, fields };
    }
    default:
      return row.kind satisfies never;
  }
}

/** The fields whose values differ, custom ones as `custom.key`, as far as the reach shows them. */
function changedFields(type: RecordType, reach: Reach, before: Json, after: Json): Of<'change'>['fields'] {
  const from = flat(before);
  const to = flat(after);
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((field) => !SILENT.has(field) && isFieldShown(type, field, reach))
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

const CUSTOM = 'custom.';

/** A custom field with what people call it, and the name of a person who is its value. */
const called =
  (type: RecordType, { fields, people }: CustomNames) =>
  (change: Of<'change'>['fields'][number]): Of<'change'>['fields'][number] => {
    const field = change.field.startsWith(CUSTOM) && fields.get(`${type}.${change.field.slice(CUSTOM.length)}`);
    if (!field) return change;
    const named = (id: unknown) => (typeof id === 'string' ? { id, name: people.get(id) ?? id } : id);
    const { label, isPerson } = field;
    return isPerson ? { ...change, label, from: named(change.from), to: named(change.to) } : { ...change, label };
  };

/** The values of the custom fields that hold people: ids whose names are to be found. */
export function peopleIn(rows: readonly TimelineRow[], own: RecordType, fields: CustomNames['fields']): string[] {
  const ids = rows.flatMap(({ kind, data, record }) => {
    if (kind !== 'change') return [];
    const { before, after } = data as { before: Json | null; after: Json | null };
    return [before, after].flatMap((state) =>
      Object.entries((state?.custom ?? {}) as Json)
        .filter(([key]) => fields.get(`${record?.type ?? own}.${key}`)?.isPerson)
        .map(([, id]) => id),
    );
  });
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}

function flat({ custom, ...fields }: Json): Json {
  const values = Object.entries((custom ?? {}) as Json).map(([key, value]) => [`custom.${key}`, value]);
  return { ...fields, ...Object.fromEntries(values) };
}

/** A rule says whom it wrote to; addresses are for those who may see them. */
const withoutAddresses = (text: string, { fieldGroups }: Principal): string =>
  fieldGroups.has('personal') ? text : text.replace(/[^\s,;<>]+@[^\s,;<>]+/g, '…');
