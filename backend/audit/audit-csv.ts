import { isDeepStrictEqual } from 'node:util';
import type { AuditEntry } from '../contracts/administration.ts';
import { csvLine } from '../csv/index.ts';

const COLUMNS = [
  'at',
  'actor',
  'actor kind',
  'action',
  'entity',
  'entity id',
  'name',
  'changed fields',
  'before',
  'after',
  'request id',
];

/** The first line; the byte order mark tells spreadsheets that the file is UTF-8. */
export const auditCsvHead = (): string => `\ufeff${csvLine(COLUMNS)}`;

/** One entry as a line. */
export const auditCsvLine = (entry: AuditEntry): string =>
  csvLine([
    entry.at,
    entry.actor?.name ?? '',
    entry.actorKind,
    entry.action,
    entry.entity,
    entry.entityId ?? '',
    entry.entityName ?? '',
    changedFields(entry.before, entry.after).join(' '),
    asText(entry.before),
    asText(entry.after),
    entry.requestId ?? '',
  ]);

const asText = (content: unknown): string => (content === null || content === undefined ? '' : JSON.stringify(content));

const isRecord = (content: unknown): content is Record<string, unknown> =>
  typeof content === 'object' && content !== null && !Array.isArray(content);

/** The fields whose values differ; none where there is only a before or only an after. */
export function changedFields(before: unknown, after: unknown): string[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
