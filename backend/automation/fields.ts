import type { AutomationCatalogue, ConditionOperator } from '../contracts/automation.ts';
import type { FieldType } from '../contracts/fields.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';

/** A field as rules know it. `name`: as on the wire; custom ones are `custom.key`. */
export type RuleField = AutomationCatalogue['fields'][number];
export type FieldKind = RuleField['kind'];

const filling = ['empty', 'filled'] as const;
const choosing = ['any-of', 'none-of', ...filling] as const;
const dating = ['next-days', 'past-days', 'older-days', ...filling] as const;

/** What can be asked of a field, by what it holds. */
export const operatorsOf: Readonly<Record<FieldKind, readonly ConditionOperator[]>> = {
  text: ['any-of', 'none-of', 'contains', ...filling],
  number: ['at-least', 'below', ...filling],
  money: ['at-least', 'below', ...filling],
  day: dating,
  moment: dating,
  boolean: ['yes', 'no'],
  choice: choosing,
  many: choosing,
  person: choosing,
  team: choosing,
  stage: ['any-of', 'none-of'],
};

const field = (name: string, label: string, kind: FieldKind, rest: Partial<RuleField> = {}): RuleField => ({
  name,
  label,
  kind,
  options: [],
  operators: [...operatorsOf[kind]],
  canSet: true,
  isNullable: true,
  ...rest,
});

const READ_ONLY = { canSet: false } as const;

const origin = [
  field('source', 'Source', 'text'),
  field('segment', 'Segment', 'text'),
  field('region', 'Region', 'text'),
  field('productCategory', 'Product category', 'text'),
  field('campaign', 'Campaign', 'text'),
];
const place = [
  field('stage', 'Stage', 'stage', READ_ONLY),
  field('stageSince', 'In its stage since', 'moment', READ_ONLY),
  field('owner', 'Owner', 'person'),
  field('team', 'Team', 'team', READ_ONLY),
  field('score', 'Score', 'number', READ_ONLY),
  field('tags', 'Tags', 'many', READ_ONLY),
  field('createdAt', 'Created', 'moment', READ_ONLY),
];

const builtIn: Readonly<Record<PipelineEntity, readonly RuleField[]>> = {
  lead: [
    field('name', 'Name', 'text', { isNullable: false }),
    field('company', 'Company', 'text'),
    field('email', 'E-mail', 'text'),
    field('phone', 'Phone', 'text'),
    field('value', 'Estimated value', 'money'),
    ...origin,
    ...place,
  ],
  opportunity: [
    field('name', 'Name', 'text', { isNullable: false }),
    field('account', 'Account', 'text', READ_ONLY),
    field('amount', 'Amount', 'money'),
    field('probability', 'Probability', 'number'),
    field('expectedCloseOn', 'Expected close', 'day'),
    field('closedOn', 'Closed', 'day', READ_ONLY),
    field('nextStep', 'Next step', 'text'),
    ...origin,
    ...place,
  ],
};

const customKinds: Readonly<Record<FieldType, FieldKind>> = {
  text: 'text',
  'long-text': 'text',
  number: 'number',
  money: 'money',
  date: 'day',
  'date-time': 'moment',
  boolean: 'boolean',
  choice: 'choice',
  'multi-choice': 'many',
  url: 'text',
  email: 'text',
  phone: 'text',
  user: 'person',
};

/** An administrator's field, as far as rules need it. */
export interface CustomRuleField {
  key: string;
  label: string;
  type: string;
  options: string[];
  required: boolean;
}

/** Every field of leads or of opportunities that a rule can look at, custom ones last. */
export function ruleFields(entity: PipelineEntity, custom: readonly CustomRuleField[]): RuleField[] {
  return [
    ...builtIn[entity],
    ...custom.map(({ key, label, type, options, required }) =>
      field(`custom.${key}`, label, Object.hasOwn(customKinds, type) ? customKinds[type as FieldType] : 'text', {
        options,
        isNullable: !required,
      }),
    ),
  ];
}
