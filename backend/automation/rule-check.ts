import type {
  AutomationCatalogue,
  RuleAction,
  RuleCondition,
  RuleCreate,
  RuleTrigger,
} from '../contracts/automation.ts';
import { leadUpdateSchema } from '../contracts/leads.ts';
import { opportunityUpdateSchema } from '../contracts/opportunities.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { type FieldProblem, ProblemError } from '../http/index.ts';
import { bodyOf } from './actions/set-field.ts';
import type { RuleField } from './fields.ts';
import { webhookProblem } from './webhooks/address.ts';

/** What a rule is checked against. */
export interface RuleBook {
  catalogue: AutomationCatalogue;
  /** hosts that webhooks may call although they are not on the open internet */
  webhookHosts: readonly string[];
}

/** Refuses a rule that names what isn't there or asks for what can't be. @throws ProblemError with every problem */
export function checkRule(
  rule: Pick<RuleCreate, 'entity' | 'trigger' | 'conditions' | 'actions'>,
  book: RuleBook,
): void {
  const fields = new Map(book.catalogue.fields.map((field) => [field.name, field]));
  const errors: FieldProblem[] = [
    ...triggerProblems(rule.trigger, book, fields),
    ...rule.conditions.items.flatMap((condition, index) =>
      conditionProblems(condition, book, fields).map((message) => ({ pointer: `/conditions/items/${index}`, message })),
    ),
    ...rule.actions.flatMap((action, index) =>
      actionProblems(rule.entity, action, book, fields).map((message) => ({ pointer: `/actions/${index}`, message })),
    ),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', 'The rule can’t work as it is.', { errors });
}

const has = (items: readonly { id: string }[], id: string): boolean => items.some((item) => item.id === id);

function triggerProblems(
  trigger: RuleTrigger,
  { catalogue }: RuleBook,
  fields: ReadonlyMap<string, RuleField>,
): FieldProblem[] {
  if (trigger.on === 'field-changed' && !fields.has(trigger.field)) {
    return [{ pointer: '/trigger/field', message: 'is no field of these records' }];
  }
  if (trigger.on === 'stage-entered' && trigger.stageId !== null && !has(catalogue.stages, trigger.stageId)) {
    return [{ pointer: '/trigger/stageId', message: 'is no stage of these records' }];
  }
  return [];
}

const NEEDS_NOTHING = new Set(['empty', 'filled', 'yes', 'no']);
const DECIMAL = /^-?\d{1,14}(\.\d{1,4})?$/;
const DAYS = /^\d{1,4}$/;

function conditionProblems(
  { field: name, operator, values }: RuleCondition,
  { catalogue }: RuleBook,
  fields: ReadonlyMap<string, RuleField>,
): string[] {
  const field = fields.get(name);
  if (!field) return [`${name} is no field of these records`];
  if (!field.operators.includes(operator)) return [`${field.label} can’t be compared like that`];
  if (NEEDS_NOTHING.has(operator)) return values.length === 0 ? [] : ['takes no value'];
  if (values.length === 0) return ['needs a value'];
  if (operator === 'at-least' || operator === 'below') {
    return values.length === 1 && DECIMAL.test(values[0] ?? '') ? [] : ['needs one number'];
  }
  if (operator.endsWith('-days'))
    return values.length === 1 && DAYS.test(values[0] ?? '') ? [] : ['needs a number of days'];
  const choices = choicesOf(field, catalogue);
  return choices === null || values.every((value) => choices.includes(value))
    ? []
    : ['has a value that can’t be chosen'];
}

/** Ids or options among which values are chosen; null: any text. */
function choicesOf(field: RuleField, { stages, people, teams }: AutomationCatalogue): readonly string[] | null {
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
  switch (field.kind) {
    case 'stage':
      return ids(stages);
    case 'person':
      return ids(people);
    case 'team':
      return ids(teams);
    default:
      return field.options.length > 0 ? field.options : null;
  }
}

const updateSchemas = { lead: leadUpdateSchema, opportunity: opportunityUpdateSchema };

function actionProblems(
  entity: PipelineEntity,
  action: RuleAction,
  { catalogue, webhookHosts }: RuleBook,
  fields: ReadonlyMap<string, RuleField>,
): string[] {
  const { stages, people, teams, templates } = catalogue;
  switch (action.do) {
    case 'move-stage':
      return has(stages, action.stageId) ? [] : ['needs a stage of these records'];
    case 'assign':
      if (action.userIds.length === 0 && action.teamId === null) return ['needs people or a team to choose from'];
      if (action.teamId !== null && !has(teams, action.teamId)) return ['names a team that is not there'];
      return action.userIds.every((id) => has(people, id)) ? [] : ['names somebody who can’t sign in'];
    case 'create-task':
      return action.assigneeId === null || has(people, action.assigneeId) ? [] : ['names somebody who can’t sign in'];
    case 'send-mail':
      return has(templates, action.templateId) ? [] : ['needs a mail template'];
    case 'notify':
      if (!action.owner && action.userIds.length === 0) return ['needs somebody to notify'];
      return action.userIds.every((id) => has(people, id)) ? [] : ['names somebody who can’t sign in'];
    case 'set-field':
      return setProblems(entity, action, fields);
    case 'webhook': {
      const problem = webhookProblem(new URL(action.url), webhookHosts);
      return problem === null ? [] : [`the address ${problem}`];
    }
    default:
      return action satisfies never;
  }
}

function setProblems(
  entity: PipelineEntity,
  action: Extract<RuleAction, { do: 'set-field' }>,
  fields: ReadonlyMap<string, RuleField>,
): string[] {
  const field = fields.get(action.field);
  if (!field) return [`${action.field} is no field of these records`];
  if (!field.canSet) return [`${field.label} can’t be set by a rule`];
  if (action.value === null && !field.isNullable) return [`${field.label} can’t be empty`];
  const isRelative = typeof action.value === 'object' && action.value !== null && 'inDays' in action.value;
  if (isRelative && field.kind !== 'day' && field.kind !== 'moment') return [`${field.label} is not a day`];
  if (field.options.length > 0 && action.value !== null) {
    const chosen = Array.isArray(action.value) ? action.value : [String(action.value)];
    if (!chosen.every((option) => field.options.includes(option))) return [`${field.label} has no such option`];
  }
  const parsed = updateSchemas[entity].safeParse(bodyOf(action, '2026-01-01', field.kind));
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => `${field.label} ${message}`);
}
