import { z } from 'zod';
import {
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  recordTypeSchema,
  textSchema,
} from './common.ts';
import { pipelineEntitySchema } from './pipelines.ts';

const fieldName = z
  .string()
  .max(70)
  .regex(/^(custom\.)?[A-Za-z][A-Za-z0-9_]*$/, 'must be the name of a field; custom ones as custom.key');
const days = z.number().int().min(1).max(365);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');

/** When a rule is set off. Times of day are the company's. */
export const ruleTriggerSchema = z
  .discriminatedUnion('on', [
    z.strictObject({ on: z.literal('created') }),
    z.strictObject({ on: z.literal('field-changed'), field: fieldName }),
    z.strictObject({ on: z.literal('stage-entered'), stageId: idSchema.nullable() }),
    z.strictObject({
      on: z.literal('activity-logged'),
      type: z.enum(['call', 'email', 'meeting', 'note']).nullable(),
    }),
    z.strictObject({
      on: z.literal('task-overdue'),
      type: z.enum(['call', 'email', 'meeting', 'to-do']).nullable(),
    }),
    z.strictObject({ on: z.literal('no-activity'), days }),
    z.strictObject({
      on: z.literal('score-crosses'),
      threshold: z.number().min(0).max(100),
      direction: z.enum(['up', 'down']),
    }),
    z.strictObject({
      on: z.literal('time-of-day'),
      at: clockTime,
      weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).meta({ description: '1 is Monday' }),
    }),
  ])
  .meta({ id: 'RuleTrigger' });
export type RuleTrigger = z.infer<typeof ruleTriggerSchema>;

export const conditionOperatorSchema = z.enum([
  'any-of',
  'none-of',
  'contains',
  'at-least',
  'below',
  'next-days',
  'past-days',
  'older-days',
  'yes',
  'no',
  'empty',
  'filled',
]);
export type ConditionOperator = z.infer<typeof conditionOperatorSchema>;

export const ruleConditionSchema = z
  .strictObject({
    field: fieldName,
    operator: conditionOperatorSchema,
    values: z.array(lineSchema(200)).max(50).default([]),
  })
  .meta({ id: 'RuleCondition' });
export type RuleCondition = z.infer<typeof ruleConditionSchema>;

export const ruleConditionsSchema = z
  .strictObject({
    match: z.enum(['all', 'any']).default('all'),
    items: z.array(ruleConditionSchema).max(20).default([]),
  })
  .meta({ id: 'RuleConditions' });
export type RuleConditions = z.infer<typeof ruleConditionsSchema>;

/** What a field is set to; `inDays`: so many days from then. */
export const ruleValueSchema = z.union([
  textSchema(2000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(lineSchema(200)).max(100),
  z.strictObject({ amount: z.string().max(30), currency: z.string().max(3) }),
  z.strictObject({ inDays: z.number().int().min(0).max(3650) }),
]);

export const ruleActionSchema = z
  .discriminatedUnion('do', [
    z.strictObject({ do: z.literal('move-stage'), stageId: idSchema }),
    z.strictObject({
      do: z.literal('assign'),
      how: z.enum(['round-robin', 'least-busy']),
      userIds: z.array(idSchema).max(200).default([]),
      teamId: idSchema.nullable().default(null),
    }),
    z.strictObject({
      do: z.literal('create-task'),
      title: lineSchema(),
      type: z.enum(['call', 'email', 'meeting', 'to-do']).default('to-do'),
      priority: z.enum(['low', 'normal', 'high']).default('normal'),
      dueInDays: z.number().int().min(0).max(365).nullable().default(1),
      assigneeId: idSchema.nullable().default(null).meta({ description: "null: the record's owner" }),
    }),
    z.strictObject({
      do: z.literal('send-mail'),
      templateId: idSchema,
      to: z.enum(['contact', 'owner']).meta({ description: "contact: the lead itself, or the opportunity's contact" }),
    }),
    z.strictObject({
      do: z.literal('notify'),
      userIds: z.array(idSchema).max(50).default([]),
      owner: z.boolean().default(true).meta({ description: "also the record's owner" }),
      text: lineSchema(300),
    }),
    z.strictObject({ do: z.literal('set-field'), field: fieldName, value: ruleValueSchema }),
    z.strictObject({
      do: z.literal('webhook'),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .regex(/^[^\p{Cc}\s]*$/u, 'must be an address'),
    }),
  ])
  .meta({ id: 'RuleAction' });
export type RuleAction = z.infer<typeof ruleActionSchema>;

const ruleFields = {
  name: lineSchema(100),
  description: textSchema(1000).nullable(),
  trigger: ruleTriggerSchema,
  conditions: ruleConditionsSchema,
  actions: z.array(ruleActionSchema).min(1, 'must have at least one step').max(10),
};

export const ruleCreateSchema = z.strictObject({
  entity: pipelineEntitySchema,
  ...ruleFields,
  description: ruleFields.description.default(null),
  conditions: ruleConditionsSchema.default({ match: 'all', items: [] }),
});
export type RuleCreate = z.infer<typeof ruleCreateSchema>;
export const ruleUpdateSchema = z.strictObject(ruleFields).partial();
export type RuleUpdate = z.infer<typeof ruleUpdateSchema>;

/** What the rule would have done to one record. */
export const replayCaseSchema = z.object({
  at: momentSchema,
  record: namedSchema,
  steps: z.array(z.string()).meta({ description: 'in plain words' }),
  problems: z.array(z.string()).meta({ description: 'steps that would not have worked, and why' }),
});
export const replaySchema = z
  .object({
    from: momentSchema,
    to: momentSchema,
    occasions: z.number().int().meta({ description: 'how often the trigger happened' }),
    matched: z.number().int().meta({ description: 'how often the conditions held as well' }),
    records: z.number().int().meta({ description: 'different records among these' }),
    steps: z.array(z.object({ text: z.string(), count: z.number().int(), problems: z.number().int() })),
    weeks: z.array(z.object({ from: z.iso.date(), matched: z.number().int() })),
    cases: z.array(replayCaseSchema).meta({ description: 'the latest ones' }),
    notes: z.array(z.string()).meta({ description: 'what the replay could not know' }),
  })
  .meta({ id: 'RuleReplay' });
export type RuleReplay = z.infer<typeof replaySchema>;

export const ruleStateSchema = z.enum(['draft', 'active', 'paused']);
export const ruleSchema = z
  .object({
    id: idSchema,
    entity: pipelineEntitySchema,
    name: z.string(),
    description: z.string().nullable(),
    state: ruleStateSchema,
    trigger: ruleTriggerSchema,
    conditions: ruleConditionsSchema,
    actions: z.array(ruleActionSchema),
    sentence: z.object({ when: z.string(), conditions: z.array(z.string()), steps: z.array(z.string()) }).meta({
      description: 'the rule in plain words',
    }),
    owner: namedSchema.nullable().meta({ description: 'whose rights it acts with, and who is told when it fails' }),
    failures: z.number().int().meta({ description: 'one after another; five pause the rule' }),
    pausedReason: z.string().nullable(),
    lastRunAt: momentSchema.nullable(),
    activeSince: momentSchema.nullable(),
    replay: replaySchema.nullable().meta({ description: 'the last one of the rule as it stands' }),
    runs: z.object({ done: z.number().int(), failed: z.number().int(), waiting: z.number().int() }),
    version: z.number().int(),
    createdAt: momentSchema,
    updatedAt: momentSchema,
  })
  .meta({ id: 'AutomationRule' });
export type AutomationRuleWire = z.infer<typeof ruleSchema>;
export const ruleListQuery = z.strictObject({
  ...pageQueryShape,
  entity: pipelineEntitySchema.optional(),
  state: ruleStateSchema.optional(),
});
export type RuleListQuery = z.infer<typeof ruleListQuery>;
export const rulePageSchema = pageOf(ruleSchema).meta({ id: 'AutomationRulePage' });

export const ruleRunSchema = z
  .object({
    id: idSchema,
    rule: namedSchema,
    record: z.object({ type: recordTypeSchema, id: idSchema, name: z.string() }),
    state: z.enum(['queued', 'running', 'done', 'failed', 'skipped']),
    steps: z.array(
      z.object({
        text: z.string(),
        doneAt: momentSchema.nullable(),
        delivery: z
          .object({ state: z.enum(['waiting', 'delivered', 'failed']), error: z.string().nullable() })
          .nullable()
          .meta({ description: 'of a call to another system' }),
      }),
    ),
    error: z.string().nullable(),
    createdAt: momentSchema,
    finishedAt: momentSchema.nullable(),
  })
  .meta({ id: 'AutomationRun' });
export type RuleRun = z.infer<typeof ruleRunSchema>;
export const ruleRunQuery = z.strictObject({
  ...pageQueryShape,
  state: z.enum(['queued', 'running', 'done', 'failed', 'skipped']).optional(),
});
export const ruleRunPageSchema = pageOf(ruleRunSchema).meta({ id: 'AutomationRunPage' });

/** What the editor offers for an entity. */
export const automationCatalogueSchema = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        kind: z.enum([
          'text',
          'number',
          'money',
          'day',
          'moment',
          'boolean',
          'choice',
          'many',
          'person',
          'team',
          'stage',
        ]),
        options: z.array(z.string()),
        operators: z.array(conditionOperatorSchema),
        canSet: z.boolean(),
        isNullable: z.boolean(),
      }),
    ),
    stages: z.array(namedSchema.extend({ pipeline: namedSchema, kind: z.enum(['open', 'won', 'lost']) })),
    people: z.array(namedSchema),
    teams: z.array(namedSchema),
    templates: z.array(namedSchema),
    placeholders: z.array(z.object({ name: z.string(), label: z.string() })),
    currency: z.string(),
    timeZone: z.string(),
  })
  .meta({ id: 'AutomationCatalogue' });
export type AutomationCatalogue = z.infer<typeof automationCatalogueSchema>;

export const mailTemplateSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    subject: z.string(),
    body: z.string(),
    usedBy: z.array(namedSchema).meta({ description: 'rules that send it' }),
    version: z.number().int(),
    updatedAt: momentSchema,
  })
  .meta({ id: 'MailTemplate' });
export type MailTemplateWire = z.infer<typeof mailTemplateSchema>;
export const mailTemplateListSchema = z.object({ items: z.array(mailTemplateSchema), nextCursor: z.null() });
export const mailTemplateCreateSchema = z.strictObject({
  name: lineSchema(100),
  subject: lineSchema(200),
  body: textSchema(20_000).refine((text) => text.trim() !== '', 'must not be empty'),
});
export type MailTemplateCreate = z.infer<typeof mailTemplateCreateSchema>;
export const mailTemplateUpdateSchema = mailTemplateCreateSchema.partial();
export type MailTemplateUpdate = z.infer<typeof mailTemplateUpdateSchema>;

export const webhookSecretSchema = z
  .object({ secret: z.string().meta({ description: 'whsec_...; signs calls as standardwebhooks.com says' }) })
  .meta({ id: 'WebhookSecret' });
