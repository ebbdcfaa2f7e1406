import type {
  AutomationCatalogue,
  AutomationRuleWire,
  RuleAction,
  RuleCondition,
  RuleConditions,
  RuleTrigger,
} from '../../../backend/contracts/automation.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';

/** A rule as it is being written. */
export interface Draft {
  entity: PipelineEntity;
  name: string;
  description: string;
  trigger: RuleTrigger;
  conditions: RuleConditions;
  actions: readonly RuleAction[];
}

export type CatalogueField = AutomationCatalogue['fields'][number];

export const triggerKinds = [
  'created',
  'field-changed',
  'stage-entered',
  'activity-logged',
  'task-overdue',
  'no-activity',
  'score-crosses',
  'time-of-day',
] as const satisfies readonly RuleTrigger['on'][];

export const actionKinds = [
  'move-stage',
  'assign',
  'create-task',
  'send-mail',
  'notify',
  'set-field',
  'webhook',
] as const satisfies readonly RuleAction['do'][];

/** A new draft, or the one that a rule is. */
export function draftOf(
  entity: PipelineEntity,
  rule: AutomationRuleWire | null,
  catalogue: AutomationCatalogue,
): Draft {
  if (!rule) {
    return {
      entity,
      name: '',
      description: '',
      trigger: { on: 'created' },
      conditions: { match: 'all', items: [] },
      actions: [newAction('notify', catalogue)],
    };
  }
  const { name, description, trigger, conditions, actions } = rule;
  return { entity: rule.entity, name, description: description ?? '', trigger, conditions, actions };
}

/** A trigger of another kind, with what is most often wanted. */
export function newTrigger(on: RuleTrigger['on'], { fields }: AutomationCatalogue): RuleTrigger {
  switch (on) {
    case 'field-changed':
      return { on, field: fields[0]?.name ?? '' };
    case 'stage-entered':
      return { on, stageId: null };
    case 'activity-logged':
      return { on, type: null };
    case 'task-overdue':
      return { on, type: null };
    case 'no-activity':
      return { on, days: 14 };
    case 'score-crosses':
      return { on, threshold: 80, direction: 'up' };
    case 'time-of-day':
      return { on, at: '09:00', weekdays: [1, 2, 3, 4, 5] };
    default:
      return { on };
  }
}

export function newCondition(field: CatalogueField | undefined): RuleCondition {
  return { field: field?.name ?? '', operator: field?.operators[0] ?? 'filled', values: [] };
}

/** A step of another kind, with what is most often wanted. */
export function newAction(kind: RuleAction['do'], { stages, fields, templates }: AutomationCatalogue): RuleAction {
  switch (kind) {
    case 'move-stage':
      return { do: kind, stageId: stages[1]?.id ?? stages[0]?.id ?? '' };
    case 'assign':
      return { do: kind, how: 'round-robin', userIds: [], teamId: null };
    case 'create-task':
      return { do: kind, title: '', type: 'to-do', priority: 'normal', dueInDays: 1, assigneeId: null };
    case 'send-mail':
      return { do: kind, templateId: templates[0]?.id ?? '', to: 'contact' };
    case 'notify':
      return { do: kind, userIds: [], owner: true, text: '' };
    case 'set-field':
      return { do: kind, field: fields.find(({ canSet }) => canSet)?.name ?? '', value: '' };
    case 'webhook':
      return { do: kind, url: '' };
    default:
      return kind satisfies never;
  }
}

/** The list with one entry put in place of another; null takes it away. */
export const replaced = <T>(items: readonly T[], index: number, item: T | null): T[] =>
  items.flatMap((old, at) => (at === index ? (item === null ? [] : [item]) : [old]));

/** The list with one entry a place further up (-1) or down (1). */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...items];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(index + by, 0, item);
  return next;
}
