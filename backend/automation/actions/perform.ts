import { scopeOf, seesFields } from '../../access/index.ts';
import { createTaskIn } from '../../activities/index.ts';
import { addDays } from '../../calendar/index.ts';
import type { RuleAction } from '../../contracts/automation.ts';
import { ProblemError } from '../../http/index.ts';
import { enqueueJob } from '../../jobs/index.ts';
import { postNotification } from '../../notify/index.ts';
import { postMail } from '../../notify/mail/index.ts';
import { type Addressee, findColleague, findContact } from '../facts.repository.ts';
import type { StepResult } from '../run.repository.ts';
import { fillIn, placeholderValues } from '../templates/placeholders.ts';
import { findTemplate } from '../templates/template.repository.ts';
import { insertDelivery } from '../webhooks/delivery.repository.ts';
import { WEBHOOK_KIND } from '../webhooks/webhook-kind.ts';
import { candidates, holdTurn, markTurn } from './assign.repository.ts';
import { leastBusy, nextInTurn } from './choose.ts';
import { bodyOf } from './set-field.ts';
import { ownerOf, type Performer, type StepContext } from './step.ts';

const cannot = (sentence: string): ProblemError => new ProblemError('conflict', sentence);

const moveStage: Performer<'move-stage'> = async (context, { stageId }) => {
  const { tx, actor, entity, recordId, record, records } = context;
  const target = await context.stageName(stageId);
  if ((record.stage as { id: string }).id === stageId)
    return { do: 'move-stage', text: `Was in the stage ${target} already` };
  await records.move(tx, actor, entity, recordId, stageId);
  return { do: 'move-stage', text: `Moved to the stage ${target}` };
};

const assign: Performer<'assign'> = async (context, action) => {
  const { tx, actor, rule, entity, recordId, records } = context;
  const lastId = await holdTurn(tx.sql, rule.id);
  const people = await candidates(tx.sql, entity, action);
  const last = lastId === null ? null : ((await findColleague(tx.sql, lastId)) ?? { id: lastId, name: '' });
  const chosen = action.how === 'round-robin' ? nextInTurn(people, last) : leastBusy(people, last);
  if (!chosen) throw cannot('Nobody among those it is to be assigned to can sign in.');
  await markTurn(tx.sql, rule.id, chosen.id);
  if (ownerOf(context)?.id !== chosen.id) await records.update(tx, actor, entity, recordId, { ownerId: chosen.id });
  return { do: 'assign', text: `Assigned to ${chosen.name}` };
};

const createTask: Performer<'create-task'> = async (context, action) => {
  const { tx, actor, deps, entity, recordId, today } = context;
  const assigneeId = action.assigneeId ?? ownerOf(context)?.id ?? null;
  await createTaskIn(
    deps,
    tx,
    actor,
    { type: entity, id: recordId },
    {
      title: action.title,
      type: action.type,
      priority: action.priority,
      dueOn: action.dueInDays === null ? null : addDays(today, action.dueInDays),
      assigneeId,
    },
  );
  return { do: 'create-task', text: `Created the task “${action.title}”` };
};

const sendMail: Performer<'send-mail'> = async (context, { templateId, to }) => {
  const { tx, actor, deps, entity, recordId, record, today } = context;
  const template = await findTemplate(tx.sql, templateId);
  if (!template) throw cannot('The mail template is not there any more.');
  const owner = ownerOf(context);
  const colleague = owner ? ((await findColleague(tx.sql, owner.id)) ?? null) : null;
  const contact = (await findContact(tx.sql, entity, recordId, scopeOf(actor.principal, 'contact.read'))) ?? null;
  const whom: (Addressee & { id?: string }) | null = to === 'owner' ? colleague : contact;
  if (to === 'contact' && !seesFields(actor.principal, 'personal')) {
    throw cannot('The owner of the rule may not see e-mail addresses, so it can’t write to them.');
  }
  if (!whom?.email) {
    throw cannot(
      to === 'owner' ? 'The record has no owner with an e-mail address.' : 'There is no e-mail address to write to.',
    );
  }
  const values = placeholderValues({
    record,
    contactName: contact?.name ?? null,
    owner: colleague ?? (owner ? { name: owner.name, email: null } : null),
    today,
  });
  await postMail(tx.sql, deps, {
    kind: 'rule-letter',
    subject: fillIn(template.subject, values),
    text: fillIn(template.body, values),
    to: { email: whom.email, name: whom.name, userId: to === 'owner' ? (colleague?.id ?? null) : null },
  });
  return { do: 'send-mail', text: `Sent the mail “${template.name}” to ${whom.name}` };
};

const notify: Performer<'notify'> = async (context, { userIds, owner, text }) => {
  const { tx, rule, run, entity, recordId, record } = context;
  const ids = new Set([...userIds, ...(owner ? [ownerOf(context)?.id ?? ''] : [])].filter((id) => id !== ''));
  const told: string[] = [];
  for (const id of ids) {
    const person = await findColleague(tx.sql, id);
    if (!person) continue;
    await postNotification(tx, {
      userId: id,
      kind: 'rule',
      title: text,
      body: `${String(record.name)} (rule “${rule.name}”)`,
      record: { type: entity, id: recordId },
      dedupeKey: `rule:${run.id}:${run.index}:${id}`,
    });
    told.push(person.name);
  }
  const names = new Intl.ListFormat('en').format(told);
  return { do: 'notify', text: told.length === 0 ? 'There was nobody to notify' : `Notified ${names}` };
};

const setField: Performer<'set-field'> = async (context, action) => {
  const { tx, actor, entity, recordId, records, today } = context;
  const { kind, label } = await context.field(action.field);
  await records.update(tx, actor, entity, recordId, bodyOf(action, today, kind));
  const text = action.value === null ? `Emptied the field ${label}` : `Set the field ${label}`;
  return { do: 'set-field', text, field: action.field };
};

const webhook: Performer<'webhook'> = async (context, { url }) => {
  const { tx, rule, run, entity, recordId, record, deps } = context;
  const payload = {
    type: 'automation.rule',
    rule: { id: rule.id, name: rule.name },
    run: run.id,
    at: deps.clock().toISOString(),
    record: { type: entity, ...record, id: recordId },
  };
  const deliveryId = await insertDelivery(tx.sql, {
    runId: run.id,
    stepIndex: run.index,
    ruleId: rule.id,
    url,
    payload,
  });
  await enqueueJob(tx, { kind: WEBHOOK_KIND, input: { deliveryId }, requestedBy: null });
  return { do: 'webhook', text: `Called ${new URL(url).host}` };
};

const performers: { [Kind in RuleAction['do']]: Performer<Kind> } = {
  'move-stage': moveStage,
  assign,
  'create-task': createTask,
  'send-mail': sendMail,
  notify,
  'set-field': setField,
  webhook,
};

/** Does one step of a rule in its transaction. @throws ProblemError when it can't be done */
export const perform = (context: StepContext, action: RuleAction): Promise<StepResult> =>
  (performers[action.do] as Performer<typeof action.do>)(context, action as never);
