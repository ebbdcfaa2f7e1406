import { type Principal, scopeOf, scopeSql } from '../access/index.ts';
import type { ActivityCorrect, ActivityCreate } from '../contracts/activities.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { invalid } from '../http/index.ts';
import type { RecordRef, Written } from './activity.repository.ts';
import { listMentionable } from './mentionable.repository.ts';
import { htmlOf, mentionsIn, richTextOf } from './rich-text/tree.ts';

type Words = Omit<ActivityCorrect, 'isWithdrawn'> | ActivityCreate;

const withDirection = (type: string): boolean => type === 'call' || type === 'email';

/**
 * What is stored for what somebody sent, over `before` where it is a correction. HTML is reduced to what is harmless.
 * @throws 422 for a contact that the writer may not see, and for naming somebody who may not see the record
 */
export async function writtenFrom(
  runner: SqlRunner,
  principal: Principal,
  record: RecordRef,
  words: Words,
  before: Written | null,
  now: Date,
): Promise<Written> {
  const type = words.type ?? before?.type ?? 'note';
  const direction = words.direction === undefined ? (before?.direction ?? null) : words.direction;
  if (words.direction && !withDirection(type)) throw invalid('/direction', 'is of calls and e-mails only');
  if (words.contactId) await assertContact(runner, principal, words.contactId);
  return {
    type,
    direction: withDirection(type) ? direction : null,
    subject: words.subject ?? before?.subject ?? '',
    ...(await bodyOf(runner, record, words, before)),
    outcome: words.outcome === undefined ? (before?.outcome ?? null) : words.outcome,
    durationMinutes: words.durationMinutes === undefined ? (before?.durationMinutes ?? null) : words.durationMinutes,
    occurredAt: new Date(words.occurredAt ?? before?.occurredAt ?? now).toISOString(),
    contactId: words.contactId === undefined ? (before?.contactId ?? null) : words.contactId,
  };
}

async function bodyOf(
  runner: SqlRunner,
  record: RecordRef,
  words: Words,
  before: Written | null,
): Promise<Pick<Written, 'body' | 'bodyFormat' | 'mentionIds'>> {
  const { body, bodyFormat = 'text' } = words;
  if (body === undefined && before) {
    return { body: before.body, bodyFormat: before.bodyFormat, mentionIds: before.mentionIds };
  }
  if (!body || bodyFormat === 'text') return { body: body || null, bodyFormat: 'text', mentionIds: [] };
  const tree = richTextOf(body);
  const mentionIds = mentionsIn(tree);
  const people = mentionIds.length > 0 ? await listMentionable(runner, record, { ids: mentionIds }) : [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  // Whoever was named before may be named still, also once the record is kept from them: they were told.
  const unknown = mentionIds.filter((id) => !names.has(id) && !before?.mentionIds.includes(id));
  if (unknown.length > 0) throw invalid('/body', `mentions somebody who may not see this ${record.type}`);
  return { body: htmlOf(tree, names) || null, bodyFormat: 'html', mentionIds };
}

async function assertContact(runner: SqlRunner, principal: Principal, id: string): Promise<void> {
  const found = await runner.first(sql`
    select 1 from contact c where c.id = ${id}::uuid and c.deleted_at is null
      and ${scopeSql(scopeOf(principal, 'contact.read'), 'c')}`);
  if (!found) throw invalid('/contactId', 'is no contact that you may see');
}
