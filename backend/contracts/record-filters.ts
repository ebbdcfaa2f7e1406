import { z } from 'zod';
import { daySchema, decimalSchema, flagSchema, idSchema, manyOf } from './common.ts';
import { stageKindSchema } from './pipelines.ts';

const wordSchema = z.string().max(200);
const CUSTOM_PARAMETER = /^custom\.[a-z][a-z0-9_]{0,59}(\.[a-z]{1,20})?$/;
const MAX_OPERANDS = 100;
const OPERAND_MAX = 500;

/** A tag's name as it is asked for. */
const tagFilterSchema = z.string().trim().min(1).max(60);

/** What leads and opportunities can be narrowed by, all together; a repeated one means "any of". */
export const pipelineFilterShape = {
  pipeline: manyOf(idSchema),
  stage: manyOf(idSchema),
  stageKind: manyOf(stageKindSchema),
  owner: manyOf(z.union([idSchema, z.enum(['me', 'nobody'])])),
  team: manyOf(idSchema),
  source: manyOf(wordSchema),
  segment: manyOf(wordSchema),
  region: manyOf(wordSchema),
  productCategory: manyOf(wordSchema),
  campaign: manyOf(wordSchema),
  tag: manyOf(tagFilterSchema).meta({ description: 'has any of these tags' }),
  withoutTag: manyOf(tagFilterSchema).meta({ description: 'has none of these tags' }),
  valueMin: decimalSchema.optional().meta({ description: 'in the company currency' }),
  valueMax: decimalSchema.optional(),
  scoreMin: z.coerce.number().min(-1e9).max(1e9).optional(),
  scoreMax: z.coerce.number().min(-1e9).max(1e9).optional(),
  createdFrom: daySchema.optional(),
  createdTo: daySchema.optional().meta({ description: 'that day included' }),
  updatedFrom: daySchema.optional(),
  updatedTo: daySchema.optional(),
  noNextStep: flagSchema.optional().meta({ description: 'open, and nothing is planned for it' }),
  overdue: flagSchema.optional().meta({ description: 'something planned for it is late' }),
  idleDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: 'nothing was logged and no stage entered for so many days' }),
  q: z.string().trim().max(200).optional(),
  deleted: flagSchema
    .optional()
    .meta({ description: 'what was deleted in the last 30 days, instead of what is there' }),
};

export const leadFilterShape = {
  ...pipelineFilterShape,
  converted: flagSchema.optional(),
};

export const opportunityFilterShape = {
  ...pipelineFilterShape,
  account: manyOf(idSchema),
  product: manyOf(idSchema),
  closeFrom: daySchema.optional().meta({ description: 'by the expected close' }),
  closeTo: daySchema.optional(),
  pastClose: flagSchema.optional().meta({ description: 'open, and its expected close has passed' }),
};

const customerFilterShape = {
  owner: pipelineFilterShape.owner,
  team: pipelineFilterShape.team,
  tag: pipelineFilterShape.tag,
  withoutTag: pipelineFilterShape.withoutTag,
  createdFrom: daySchema.optional(),
  createdTo: daySchema.optional(),
  q: z.string().trim().max(200).optional(),
  deleted: pipelineFilterShape.deleted,
};

export const accountFilterShape = {
  ...customerFilterShape,
  industry: manyOf(wordSchema),
  segment: manyOf(wordSchema),
  region: manyOf(wordSchema),
};

export const contactFilterShape = { ...customerFilterShape, account: idSchema.optional() };

/** By a field of the administrator's: `custom.KEY`, `-custom.KEY`. */
export const customSortSchema = z
  .string()
  .regex(/^-?custom\.[a-z][a-z0-9_]{0,59}$/, 'must be an order of this list, or custom.KEY')
  .meta({ description: "by one of the administrator's own fields" });

const operandSchema = z.string().max(OPERAND_MAX);
const operandsSchema = z.union([operandSchema, z.array(operandSchema).max(MAX_OPERANDS)]);

/**
 * A query of these parameters, and of `custom.KEY` or `custom.KEY.OPERATOR` for the administrator's own fields: what
 * they hold is checked against their definitions later. Anything else is refused.
 */
export function filterQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.looseObject(shape).superRefine(
    (query, context) => {
      for (const [name, value] of Object.entries(query)) {
        if (Object.hasOwn(shape, name)) continue;
        if (!CUSTOM_PARAMETER.test(name)) context.addIssue({ code: 'unrecognized_keys', keys: [name], input: query });
        else if (!operandsSchema.safeParse(value).success) {
          context.addIssue({ code: 'custom', path: [name], message: 'must be short texts', input: value });
        }
      }
    },
    { when: () => true },
  );
}
