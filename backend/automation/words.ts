import type { AutomationCatalogue, RuleAction, RuleCondition, RuleTrigger } from '../contracts/automation.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';

/** The names behind what a rule holds, by which it is told in plain words. */
export interface Words {
  entity: PipelineEntity;
  stage(id: string): string;
  person(id: string): string;
  team(id: string): string;
  template(id: string): string;
  field(name: string): string;
  /** the kind of a field; null: there is no such field */
  kindOf(name: string): AutomationCatalogue['fields'][number]['kind'] | null;
  currency: string;
}

const GONE = 'something that is not there any more';

/** The words of a catalogue. */
export function wordsOf(entity: PipelineEntity, catalogue: AutomationCatalogue): Words {
  const names = (items: readonly { id: string; name: string }[]) => {
    const byId = new Map(items.map(({ id, name }) => [id, name]));
    return (id: string) => byId.get(id) ?? GONE;
  };
  const fields = new Map(catalogue.fields.map((field) => [field.name, field]));
  return {
    entity,
    stage: names(catalogue.stages),
    person: names(catalogue.people),
    team: names(catalogue.teams),
    template: names(catalogue.templates),
    field: (name) => fields.get(name)?.label ?? name.replace(/^custom\./, ''),
    kindOf: (name) => fields.get(name)?.kind ?? null,
    currency: catalogue.currency,
  };
}

const list = (items: readonly string[], type: 'disjunction' | 'conjunction' = 'disjunction'): string =>
  new Intl.ListFormat('en', { type }).format(items);
const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);
const ACTIVITY = { call: 'call', email: 'e-mail', meeting: 'meeting', note: 'note' } as const;
const TASK = { call: 'call', email: 'e-mail', meeting: 'meeting', 'to-do': 'to-do' } as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "When a lead is created" */
export function triggerWords(trigger: RuleTrigger, words: Words): string {
  const noun = article(words.entity);
  switch (trigger.on) {
    case 'created':
      return `When ${noun} is created`;
    case 'field-changed':
      return `When the field ${words.field(trigger.field)} of ${noun} changes`;
    case 'stage-entered':
      return `When ${noun} enters ${trigger.stageId === null ? 'any stage' : `the stage ${words.stage(trigger.stageId)}`}`;
    case 'activity-logged':
      return `When ${trigger.type === null ? 'an activity' : article(ACTIVITY[trigger.type])} is logged on ${noun}`;
    case 'task-overdue':
      return `When ${trigger.type === null ? 'a task' : `a task of type ${TASK[trigger.type]}`} of ${noun} is overdue`;
    case 'no-activity':
      return `When ${noun} has had no activity for ${plural(trigger.days, 'day')}`;
    case 'score-crosses':
      return `When the score of ${noun} ${trigger.direction === 'up' ? 'rises to' : 'falls below'} ${trigger.threshold}${trigger.direction === 'up' ? ' or more' : ''}`;
    case 'time-of-day':
      return `For each open ${words.entity} at ${trigger.at} on ${weekdayWords(trigger.weekdays)}`;
    default:
      return trigger satisfies never;
  }
}

function weekdayWords(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((one, other) => one - other);
  if (sorted.length === 7) return 'every day';
  if (sorted.join() === '1,2,3,4,5') return 'working days (Monday to Friday)';
  return list(
    sorted.map((day) => WEEKDAYS[day - 1] ?? ''),
    'conjunction',
  );
}

/** "Region is North or South" */
export function conditionWords({ field, operator, values }: RuleCondition, words: Words): string {
  const label = words.field(field);
  const named = list(values.map((value) => valueWords(field, value, words)));
  const amount = words.kindOf(field) === 'money' ? `${values[0] ?? ''} ${words.currency}` : (values[0] ?? '');
  const days = plural(Number(values[0]), 'day');
  switch (operator) {
    case 'any-of':
      return `${label} is ${named}`;
    case 'none-of':
      return `${label} is not ${named}`;
    case 'contains':
      return `${label} contains ${named}`;
    case 'at-least':
      return `${label} is ${amount} or more`;
    case 'below':
      return `${label} is less than ${amount}`;
    case 'next-days':
      return `${label} is within the next ${days}`;
    case 'past-days':
      return `${label} was within the last ${days}`;
    case 'older-days':
      return `${label} was more than ${days} ago`;
    case 'yes':
      return `${label} is yes`;
    case 'no':
      return `${label} is no`;
    case 'empty':
      return `${label} is empty`;
    case 'filled':
      return `${label} has a value`;
    default:
      return operator satisfies never;
  }
}

function valueWords(field: string, value: string, words: Words): string {
  switch (words.kindOf(field)) {
    case 'stage':
      return words.stage(value);
    case 'person':
      return words.person(value);
    case 'team':
      return words.team(value);
    default:
      return value;
  }
}

/** "Move it to the stage Proposal" */
export function actionWords(action: RuleAction, words: Words): string {
  switch (action.do) {
    case 'move-stage':
      return `Move it to the stage ${words.stage(action.stageId)}`;
    case 'assign': {
      const among = [
        ...(action.teamId === null ? [] : [`the team ${words.team(action.teamId)}`]),
        ...action.userIds.map((id) => words.person(id)),
      ];
      const how = action.how === 'round-robin' ? 'in turn' : 'to whoever has the fewest open ones';
      return `Assign it ${how} among ${list(among, 'conjunction')}`;
    }
    case 'create-task': {
      const due =
        action.dueInDays === null
          ? ''
          : action.dueInDays === 0
            ? ', due the same day'
            : `, due in ${plural(action.dueInDays, 'day')}`;
      const who = action.assigneeId === null ? 'its owner' : words.person(action.assigneeId);
      return `Create the task “${action.title}” for ${who}${due}`;
    }
    case 'send-mail':
      return `Send the mail “${words.template(action.templateId)}” to ${action.to === 'owner' ? 'its owner' : words.entity === 'lead' ? 'the lead' : 'its contact'}`;
    case 'notify': {
      const whom = [...(action.owner ? ['its owner'] : []), ...action.userIds.map((id) => words.person(id))];
      return `Notify ${list(whom, 'conjunction')}: “${action.text}”`;
    }
    case 'set-field':
      return action.value === null
        ? `Empty the field ${words.field(action.field)}`
        : `Set the field ${words.field(action.field)} to ${setWords(action.field, action.value, words)}`;
    case 'webhook':
      return `Call ${new URL(action.url).host}`;
    default:
      return action satisfies never;
  }
}

function setWords(field: string, value: Extract<RuleAction, { do: 'set-field' }>['value'], words: Words): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return list(value, 'conjunction');
  if (typeof value !== 'object') return valueWords(field, String(value), words);
  return 'inDays' in value ? `the day ${plural(value.inDays, 'day')} later` : `${value.amount} ${value.currency}`;
}
