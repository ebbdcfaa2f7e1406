import { z } from 'zod';
import { flagSchema, idSchema, momentSchema, pageOf, pageQueryShape } from './common.ts';
import { jobSchema } from './jobs.ts';

export const importEntitySchema = z.enum([
  'leads',
  'opportunities',
  'sales',
  'accounts',
  'contacts',
  'products',
  'teams',
  'spend',
]);
export type ImportEntity = z.infer<typeof importEntitySchema>;

/** column of the file -> field of ours, or null to leave the column out */
export const importMappingSchema = z.record(z.string().max(300), z.string().max(100).nullable());
export type ImportMapping = z.infer<typeof importMappingSchema>;

export const importFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  required: z.boolean(),
  isKey: z.boolean().meta({
    description: 'part of how a row is recognised when the file comes again',
  }),
  help: z.string(),
});

/** What a person mapping columns looks at: the file's columns with samples, our fields, our guess. */
export const importPreviewSchema = z
  .object({
    id: idSchema,
    entity: importEntitySchema,
    fileName: z.string(),
    encoding: z.string(),
    delimiter: z.string(),
    columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
    fields: z.array(importFieldSchema),
    mapping: importMappingSchema,
    problems: z.array(z.string()).meta({ description: 'what must be settled before it can run' }),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importSummarySchema = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** by kind (users, accounts, products, teams, stages): what names in the file led to */
  references: z.record(
    z.string(),
    z.object({
      matched: z.number().int(),
      created: z.array(z.string()),
      /** name in the file -> name of ours, where they differ */
      mapped: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const importRunSchema = importSummarySchema
  .extend({
    id: idSchema,
    entity: importEntitySchema,
    fileName: z.string(),
    state: z.enum(['uploaded', 'running', 'done', 'failed']),
    isDryRun: z.boolean(),
    error: z.string().nullable(),
    job: jobSchema.nullable(),
    createdAt: momentSchema,
    finishedAt: momentSchema.nullable(),
  })
  .meta({ id: 'ImportRun' });
export type ImportRun = z.infer<typeof importRunSchema>;
export const importRunPageSchema = pageOf(importRunSchema).meta({
  id: 'ImportRunPage',
});
export const importListQuery = z.strictObject({ ...pageQueryShape });

/** `POST imports?entity=...&fileName=...` with the file as the body; answers the preview. */
export const importUploadQuery = z.strictObject({
  entity: importEntitySchema,
  fileName: z.string().trim().min(1).max(300),
});
/** `POST imports/{id}/run` */
export const importRunRequestSchema = z.strictObject({
  mapping: importMappingSchema.optional(),
  dryRun: z.boolean().default(false),
  runRules: z.boolean().default(false).meta({
    description: 'automation rules react to leads and opportunities of the file as to those that people enter',
  }),
});
export type ImportRunRequest = z.infer<typeof importRunRequestSchema>;

export const importErrorSchema = z.object({
  row: z.number().int(),
  column: z.string().nullable(),
  reason: z.string(),
});
export type ImportError = z.infer<typeof importErrorSchema>;
export const importErrorPageSchema = pageOf(importErrorSchema).meta({
  id: 'ImportErrorPage',
});
export const importErrorQuery = z.strictObject({
  ...pageQueryShape,
  count: flagSchema.optional(),
});
