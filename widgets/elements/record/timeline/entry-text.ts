import type { TimelineEntry } from '../../../../backend/contracts/timeline.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { EntryIcon } from '../icons.ts';

type Writer = Pick<SalesPulseElement, 't' | 'format'>;
type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

/** The sign of an entry. */
export const iconOf = (entry: TimelineEntry): EntryIcon =>
  entry.kind === 'activity' ? entry.activity.type : entry.kind;

/** What an entry says in one line. */
export function titleOf(writer: Writer, entry: TimelineEntry): string {
  const { t } = bound(writer);
  switch (entry.kind) {
    case 'activity':
      return entry.activity.withdrawnAt ? t('activity.withdrawn') : entry.activity.subject;
    case 'stage':
      return stageTitle(t, entry);
    case 'change':
      return t(`change.${entry.event}`);
    case 'task':
      return t(`task.${entry.event}`, { title: entry.task.title });
    case 'file':
      return entry.attachment.fileName;
    case 'merge':
      return entry.absorbed.length === 0
        ? t(`merge.${entry.event}.erased`)
        : t(`merge.${entry.event}`, { names: entry.absorbed.map(({ name }) => name || t('merge.hidden')).join(', ') });
    case 'conversion':
      return t(`conversion.${entry.event}`);
    case 'rule':
      return entry.text;
    default:
      return entry satisfies never;
  }
}

function stageTitle(t: Writer['t'], { event, from, to }: Of<'stage'>): string {
  if (event !== 'entered') return t(`stage.${event}`);
  return from ? t('stage.moved', { from: from.name, to: to.name }) : t('stage.started', { to: to.name });
}

/** A changed field in words: `Amount: 1,000 → 2,000`. */
export function changeText(writer: Writer, { field, label: given, from, to }: Of<'change'>['fields'][number]): string {
  const { t } = bound(writer);
  const label =
    given ?? (field.startsWith('custom.') ? field.slice('custom.'.length).replaceAll('_', ' ') : t(`field.${field}`));
  const name = label.startsWith('field.') ? field : label;
  return t('change.field', { name, from: valueText(writer, from), to: valueText(writer, to) });
}

/** A value of the wire as a person reads it. */
function valueText(writer: Writer, value: unknown): string {
  const { t, format } = bound(writer);
  if (value === null || value === undefined || value === '') return t('value.none');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return format.number(value);
  if (Array.isArray(value)) return value.map((item) => valueText(writer, item)).join(', ') || t('value.none');
  if (typeof value === 'object') {
    if ('amount' in value && 'currency' in value) return format.money(value as { amount: string; currency: string });
    return 'name' in value ? String(value.name) : t('value.other');
  }
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return format.day(text);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return format.moment(text);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

const bound = (writer: Writer) => ({
  t: (...parameters: Parameters<Writer['t']>) => writer.t(...parameters),
  format: writer.format,
});
