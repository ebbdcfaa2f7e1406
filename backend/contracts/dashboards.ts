import { z } from 'zod';
import { metricIdSchema } from './analytics.ts';
import { chartSpecSchema } from './chart-spec.ts';
import { daySchema, idSchema, lineSchema, manyOf, momentSchema, namedSchema, textSchema } from './common.ts';

const idFilters = { product: [''], team: [''], owner: ['', 'me'] } as const;

/** Parameters of analytics questions that select facts, as a dashboard, exploration or export keeps them. */
export const keptFiltersSchema = z
  .partialRecord(
    z.union([
      z.enum(['category', 'product', 'region', 'team', 'owner', 'source', 'segment']),
      z.templateLiteral([
        'custom.',
        z.enum(['lead', 'opportunity', 'account']),
        '.',
        z.string().regex(/^[a-z][a-z0-9_]{0,59}$/),
      ]),
    ]),
    z.array(z.string().max(200)).min(1).max(100),
  )
  .refine((filters) => Object.keys(filters).length <= 30, 'must be at most 30 filters')
  .superRefine((filters, context) => {
    for (const [name, words] of Object.entries(idFilters)) {
      const values = filters[name as keyof typeof idFilters] ?? [];
      for (const [place, value] of values.entries()) {
        if ((words as readonly string[]).includes(value) || idSchema.safeParse(value).success) continue;
        context.addIssue({ code: 'custom', path: [name, place], message: 'must be an id', input: value });
      }
    }
  })
  .meta({ description: '"any of" a parameter; an empty text means "not set", `me` among owners the viewer' });
export type KeptFilters = z.infer<typeof keptFiltersSchema>;

export const rangePresetSchema = z.enum([
  'this-month',
  'last-month',
  'last-30-days',
  'last-90-days',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'last-12-months',
  'last-3-years',
]);

/** A preset, which ends with the viewer's today, or `YYYY-MM-DD/YYYY-MM-DD`. */
export const rangeSchema = z.union([
  rangePresetSchema,
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/, 'must be a preset or YYYY-MM-DD/YYYY-MM-DD')
    .refine((range) => {
      const [from = '', to = ''] = range.split('/');
      return from <= to && [from, to].every((day) => daySchema.safeParse(day).success);
    }, 'must be two days of the calendar, the earlier one first'),
]);
export const compareSchema = z.enum(['previous', 'year', 'none']);

/** What a dashboard opens with; whoever looks may choose otherwise. */
export const dashboardSelectionSchema = z.strictObject({
  range: rangeSchema.default('last-12-months'),
  compare: compareSchema.default('previous'),
  filters: keptFiltersSchema.default({}),
});
export type DashboardSelection = z.output<typeof dashboardSelectionSchema>;

const panelShape = {
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and hyphens'),
  title: lineSchema(100).nullable().default(null).meta({ description: 'null: made of what it shows' }),
  width: z.union([z.literal(3), z.literal(4), z.literal(6), z.literal(8), z.literal(12)]).meta({
    description: 'of twelve columns; narrow screens give every panel all of them',
  }),
  height: z.enum(['low', 'medium', 'tall']).default('medium'),
};

/** A panel; its place is its position in the list. */
export const panelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...panelShape, kind: z.literal('kpis'), metrics: z.array(metricIdSchema).min(1).max(8) }),
  z.strictObject({ ...panelShape, kind: z.literal('chart'), chart: chartSpecSchema }),
  z.strictObject({
    ...panelShape,
    kind: z.literal('pipeline'),
    view: z.enum(['funnel', 'velocity', 'health', 'changes', 'ageing']),
  }),
  z.strictObject({ ...panelShape, kind: z.literal('tasks') }),
]);
export type Panel = z.output<typeof panelSchema>;

const panelsSchema = z
  .array(panelSchema)
  .max(24, 'must be at most 24 panels')
  .refine((panels) => new Set(panels.map(({ id }) => id)).size === panels.length, 'must have different ids');

/** Who sees a dashboard: its maker, people of some roles, or everybody who sees analytics. Numbers are each viewer's own. */
export const audienceSchema = z.enum(['private', 'roles', 'everyone']);

export const dashboardSchema = z
  .object({
    id: idSchema,
    key: z
      .string()
      .nullable()
      .meta({ description: 'of those that every installation has: executive, manager, rep, marketing' }),
    name: z.string(),
    description: z.string(),
    audience: audienceSchema,
    roles: z.array(namedSchema).meta({ description: 'with the audience `roles`; for who may change it' }),
    owner: namedSchema.nullable().meta({ description: 'null: came with the product' }),
    isMine: z.boolean(),
    canEdit: z.boolean().meta({ description: 'by the person asking' }),
    isHome: z.boolean().meta({ description: 'the one that the person asking starts with' }),
    selection: dashboardSelectionSchema,
    panels: panelsSchema,
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.output<typeof dashboardSchema>;
export const dashboardListSchema = z
  .object({ items: z.array(dashboardSchema), nextCursor: z.null() })
  .meta({ id: 'DashboardList' });

const content = {
  name: lineSchema(100),
  description: textSchema(500),
  audience: audienceSchema.meta({ description: 'other than private needs view.share' }),
  roleIds: z.array(idSchema).max(50),
  selection: dashboardSelectionSchema,
  panels: panelsSchema,
};
export const dashboardCreateSchema = z.strictObject({
  name: content.name,
  description: content.description.default(''),
  audience: content.audience.default('private'),
  roleIds: content.roleIds.default([]),
  selection: content.selection.default({ range: 'last-12-months', compare: 'previous', filters: {} }),
  panels: content.panels.default([]),
});
export type DashboardCreate = z.output<typeof dashboardCreateSchema>;
export const dashboardUpdateSchema = z.strictObject({
  name: content.name.optional(),
  description: content.description.optional(),
  audience: content.audience.optional(),
  roleIds: content.roleIds.optional(),
  selection: content.selection.optional(),
  panels: content.panels.optional(),
});
/** `POST /dashboards/{id}/copy` takes nothing; as a body it makes the copy one that an Idempotency-Key makes once. */
export const dashboardCopySchema = z.strictObject({});
export type DashboardUpdate = z.output<typeof dashboardUpdateSchema>;

/** `PUT /dashboards/home`: the dashboard a person starts with; null: the one of their role. */
export const homeDashboardSchema = z.strictObject({ dashboardId: idSchema.nullable() });

/** A saved question of the explore page. */
export const explorationSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    chart: chartSpecSchema,
    selection: dashboardSelectionSchema,
    isShared: z.boolean(),
    owner: namedSchema.nullable(),
    isMine: z.boolean(),
    canEdit: z.boolean().meta({ description: 'by the person asking' }),
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Exploration' });
export type Exploration = z.output<typeof explorationSchema>;
export const explorationListSchema = z
  .object({ items: z.array(explorationSchema), nextCursor: z.null() })
  .meta({ id: 'ExplorationList' });
export const explorationCreateSchema = z.strictObject({
  name: lineSchema(100),
  chart: chartSpecSchema,
  selection: dashboardSelectionSchema,
  isShared: z.boolean().default(false).meta({ description: 'needs view.share' }),
});
export type ExplorationCreate = z.output<typeof explorationCreateSchema>;
export const explorationUpdateSchema = z.strictObject({
  name: lineSchema(100).optional(),
  chart: chartSpecSchema.optional(),
  selection: dashboardSelectionSchema.optional(),
  isShared: z.boolean().optional(),
});
export type ExplorationUpdate = z.output<typeof explorationUpdateSchema>;
export const explorationQuery = z.strictObject({ id: manyOf(idSchema) });
