import type { RuleAction, RuleCondition, RuleConditions, RuleTrigger } from '../contracts/automation.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { conditionsHold } from './conditions.ts';
import { actionWords, type Words } from './words.ts';

/** A rule as far as it matters to what it can set off. */
export interface LoopRule {
  id: string;
  name: string;
  entity: PipelineEntity;
  trigger: RuleTrigger;
  conditions: RuleConditions;
  actions: readonly RuleAction[];
}

/** What is known of stages: entering a won stage does more than moving a card. */
export type StageKinds = ReadonlyMap<string, 'open' | 'won' | 'lost'>;

/** One rule setting off the next. */
export interface LoopStep {
  rule: LoopRule;
  /** the step that sets off the next rule of the loop */
  cause: RuleAction;
}

/**
 * The first loop among the rules that goes through `start`, as the rules in turn; null when there is none. A rule sets
 * off another one when one of its steps brings about what the other waits for, unless that step itself makes the
 * other's conditions false. What rules wait for by the clock (a time of day, days without activity) nothing sets off.
 */
export function findLoop(rules: readonly LoopRule[], start: LoopRule, stages: StageKinds): LoopStep[] | null {
  const seen = new Set<string>();
  const walk = (rule: LoopRule, path: LoopStep[]): LoopStep[] | null => {
    for (const next of rules) {
      const cause = rule.actions.find((action) => bringsAbout(rule, action, next, stages));
      if (!cause || rulesOut(rule, next)) continue;
      const step = [...path, { rule, cause }];
      if (next.id === start.id) return step;
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      const loop = walk(next, step);
      if (loop) return loop;
    }
    return null;
  };
  return walk(start, []);
}

/** The loop in one sentence that names each rule and what it does. */
export function describeLoop(loop: readonly LoopStep[], words: Readonly<Record<PipelineEntity, Words>>): string {
  const first = loop[0]?.rule.name ?? '';
  const turns = loop.map(({ rule, cause }, index) => {
    const next = loop[index + 1]?.rule.name ?? first;
    const deed = actionWords(cause, words[rule.entity]);
    return `${index === 0 ? '' : 'then '}“${rule.name}” does “${deed}”, which sets off “${next}”`;
  });
  return `These rules would go round in a loop: ${turns.join('; ')}.`;
}

function bringsAbout(rule: LoopRule, action: RuleAction, next: LoopRule, stages: StageKinds): boolean {
  const { trigger } = next;
  if (rule.entity !== next.entity) return convertsInto(rule, action, next, stages);
  switch (action.do) {
    case 'move-stage':
      return trigger.on === 'stage-entered'
        ? (trigger.stageId ?? action.stageId) === action.stageId
        : changesOneOf(trigger, ['stage', 'stageSince', 'closedOn', 'probability']);
    case 'assign':
      return changesOneOf(trigger, ['owner', 'team']);
    case 'set-field':
      return changesOneOf(trigger, action.field === 'owner' ? ['owner', 'team'] : [action.field]);
    case 'create-task':
      return (
        trigger.on === 'task-overdue' && (trigger.type ?? action.type) === action.type && action.dueInDays !== null
      );
    case 'send-mail':
    case 'notify':
    case 'webhook':
      return false;
    default:
      return action satisfies never;
  }
}

/** A lead that enters a won stage becomes an opportunity. */
function convertsInto(rule: LoopRule, action: RuleAction, next: LoopRule, stages: StageKinds): boolean {
  const isConversion = rule.entity === 'lead' && action.do === 'move-stage' && stages.get(action.stageId) === 'won';
  const isAwaited = next.trigger.on === 'created' || next.trigger.on === 'stage-entered';
  return isConversion && isAwaited;
}

const changesOneOf = (trigger: RuleTrigger, fields: readonly string[]): boolean =>
  trigger.on === 'field-changed' && fields.includes(trigger.field);

/** Do the rule's own steps leave the record so that the next rule's conditions are false? */
function rulesOut(rule: LoopRule, next: LoopRule): boolean {
  if (rule.entity !== next.entity) return false;
  const known = knownAfter(rule.actions);
  const isFalse = (condition: RuleCondition): boolean => {
    const record = known.get(condition.field);
    if (!record) return false;
    // Money is compared in the company's currency, and days by the clock: what a step sets says too little there.
    if (!['any-of', 'none-of', 'empty', 'filled', 'yes', 'no'].includes(condition.operator)) return false;
    // Who gets it is not known before.
    if (record === SOMEBODY && !['empty', 'filled'].includes(condition.operator)) return false;
    return !conditionsHold(
      { match: 'all', items: [condition] },
      { record, valueBase: record.value === null || record.amount === null ? null : '1', today: '', timeZone: 'UTC' },
    );
  };
  const { match, items } = next.conditions;
  if (items.length === 0) return false;
  return match === 'any' ? items.every(isFalse) : items.some(isFalse);
}

const SOMEBODY = { owner: { id: 'somebody' } };

/** What the steps make of the record, by field, each as a record with that field alone. */
function knownAfter(actions: readonly RuleAction[]): Map<string, Record<string, unknown>> {
  const known = new Map<string, Record<string, unknown>>();
  for (const action of actions) {
    if (action.do === 'move-stage') known.set('stage', { stage: { id: action.stageId } });
    if (action.do === 'assign') known.set('owner', SOMEBODY);
    if (action.do !== 'set-field') continue;
    const { field, value } = action;
    if (typeof value === 'object' && value !== null && 'inDays' in value) {
      known.set(field, field.startsWith('custom.') ? { custom: { [field.slice(7)]: 'a day' } } : { [field]: 'a day' });
    } else if (field.startsWith('custom.')) known.set(field, { custom: { [field.slice(7)]: value } });
    else known.set(field, { [field]: field === 'owner' && value !== null ? { id: value } : value });
  }
  return known;
}
