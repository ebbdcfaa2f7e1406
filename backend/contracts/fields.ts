import { z } from 'zod';
import { customValuesSchema, flagSchema, idSchema, momentSchema, recordTypeSchema } from './common.ts';

export const fieldTypeSchema = z
  .enum([
    'text',
    'long-text',
    'number',
    'money',
    'date',
    'date-time',
    'boolean',
    'choice',
    'multi-choice',
    'url',
    'email',
    'phone',
    'user',
  ])
  .meta({ id: 'FieldType' });
export type FieldType = z.infer<typeof fieldTypeSchema>;

/** How a filter or a rule compares a value. `empty` and `filled` take no operand. */
export const fieldOperatorSchema = z.enum(['eq', 'ne', 'contains', 'gt', 'gte', 'lt', 'lte', 'empty', 'filled']);
export type FieldOperator = z.infer<typeof fieldOperatorSchema>;

const equality = ['eq', 'ne', 'empty', 'filled'] as const;
const text = ['eq', 'ne', 'contains', 'empty', 'filled'] as const;
const ordered = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty', 'filled'] as const;

/** What values of a type can be asked for. `eq` and `ne` take several operands: any, or none, of them. */
export const operatorsOfType: Readonly<Record<FieldType, readonly FieldOperator[]>> = {
  text,
  'long-text': ['contains', 'empty', 'filled'],
  number: ordered,
  money: ordered,
  date: ordered,
  'date-time': ordered,
  boolean: equality,
  choice: equality,
  'multi-choice': equality,
  url: text,
  email: text,
  phone: text,
  user: equality,
};

/** Types whose values may be kept from occurring twice. */
export const uniqueTypes: readonly FieldType[] = ['text', 'number', 'date', 'url', 'email', 'phone'];
/** Types by which numbers can be broken down. */
export const dimensionTypes: readonly FieldType[] = ['text', 'boolean', 'choice', 'user'];
/** Types whose values are chosen from `options`. */
export const choiceTypes: readonly FieldType[] = ['choice', 'multi-choice'];

const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be lower-case letters, digits and _ (at most 60), starting with a letter');
const labelSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters');
const optionsSchema = z.array(labelSchema).max(200);
const roleKeysSchema = z.array(z.string().min(1).max(60)).max(50);
const customValueSchema = customValuesSchema.valueType;

export const customFieldSchema = z
  .object({
    id: idSchema,
    entity: recordTypeSchema,
    key: z.string(),
    label: z.string(),
    type: fieldTypeSchema,
    options: z.array(z.string()).meta({ description: 'what a choice may be' }),
    required: z.boolean(),
    isUnique: z.boolean().meta({ description: 'no two records have the same value' }),
    defaultValue: customValueSchema.meta({ description: 'what a new record gets when nothing is said' }),
    helpText: z.string().nullable(),
    visibleTo: z.array(z.string()).meta({ description: 'keys of the roles that see it; none: everybody' }),
    isDimension: z.boolean().meta({ description: 'numbers can be broken down by it' }),
    position: z.number().int(),
    archivedAt: momentSchema.nullable().meta({ description: 'removed from sight; its values are kept' }),
    version: z.number().int(),
  })
  .meta({ id: 'CustomField' });
export type CustomField = z.infer<typeof customFieldSchema>;
export const customFieldListSchema = z.object({ items: z.array(customFieldSchema), nextCursor: z.null() });

export const customFieldQuery = z.strictObject({
  entity: recordTypeSchema.optional(),
  all: flagSchema.optional().meta({ description: 'also archived fields and those of other roles; needs field.manage' }),
});

export const customFieldCreateSchema = z.strictObject({
  entity: recordTypeSchema,
  key: keySchema,
  label: labelSchema,
  type: fieldTypeSchema,
  options: optionsSchema.default([]),
  required: z.boolean().default(false),
  isUnique: z.boolean().default(false),
  defaultValue: customValueSchema.default(null),
  helpText: z.string().max(500).nullable().default(null),
  visibleTo: roleKeysSchema.default([]),
  isDimension: z.boolean().default(false),
  position: z.number().int().min(0).max(10_000).optional(),
});
export type CustomFieldCreate = z.output<typeof customFieldCreateSchema>;

/** What a field becomes, and what happens to values that don't fit any more. */
const conversionShape = {
  type: fieldTypeSchema.optional(),
  options: optionsSchema.optional(),
  renamedOptions: z
    .record(z.string().max(100), z.string().max(100))
    .optional()
    .meta({ description: 'options by their old names, with what their values become' }),
};

export const customFieldUpdateSchema = z.strictObject({
  ...conversionShape,
  label: labelSchema.optional(),
  required: z.boolean().optional(),
  isUnique: z.boolean().optional(),
  defaultValue: customValueSchema.optional(),
  helpText: z.string().max(500).nullable().optional(),
  visibleTo: roleKeysSchema.optional(),
  isDimension: z.boolean().optional(),
  position: z.number().int().min(0).max(10_000).optional(),
  unconvertible: z
    .enum(['refuse', 'keep'])
    .default('refuse')
    .meta({ description: 'values that do not fit the new type: refuse the change, or keep them in a field beside it' }),
});
export type CustomFieldUpdate = z.output<typeof customFieldUpdateSchema>;

export const conversionQuestionSchema = z.strictObject(conversionShape);
export type ConversionQuestion = z.output<typeof conversionQuestionSchema>;

export const conversionPreviewSchema = z
  .object({
    total: z.number().int().meta({ description: 'records that have a value' }),
    converted: z.number().int().meta({ description: 'values that become another one' }),
    unconvertible: z.number().int(),
    examples: z.array(
      z.object({
        recordId: idSchema,
        name: z.string(),
        before: z.string(),
        after: z.string().nullable().meta({ description: 'null: does not fit' }),
      }),
    ),
  })
  .meta({ id: 'FieldConversionPreview' });
export type ConversionPreview = z.infer<typeof conversionPreviewSchema>;

export const fieldUsageSchema = z
  .object({
    values: z.number().int().meta({ description: 'records that have a value' }),
    stages: z.array(z.string()).meta({ description: 'stages that ask for it' }),
    views: z.number().int().meta({ description: 'saved views that use it' }),
    rules: z.array(z.string()).meta({ description: 'automation rules that use it' }),
  })
  .meta({ id: 'FieldUsage' });
export type FieldUsage = z.infer<typeof fieldUsageSchema>;

export const fieldEraseSchema = z.strictObject({
  key: z.string().max(60).meta({ description: 'the key of the field, typed as a confirmation' }),
});
export const fieldErasedSchema = z.object({ erased: z.number().int().meta({ description: 'values that are gone' }) });
