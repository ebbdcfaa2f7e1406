import { z } from 'zod';
import { metricIdSchema } from './analytics.ts';
import { chartSpecSchema } from './chart-spec.ts';
import { idSchema, lineSchema } from './common.ts';
import { dashboardSelectionSchema } from './dashboards.ts';

/** `drawing` is what an `svg` is made of, as JSON: elements paint the PNG of it. */
export const exportFormatSchema = z.enum(['csv', 'xlsx', 'pdf', 'svg', 'drawing']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

const title = lineSchema(100).nullable().default(null).meta({ description: 'null: made of what it shows' });

/** What a file is made of: the very questions that stand behind figures on screen. */
export const exportSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chart'), chart: chartSpecSchema, selection: dashboardSelectionSchema, title }),
  z.strictObject({
    kind: z.literal('kpis'),
    metrics: z
      .array(metricIdSchema)
      .max(metricIdSchema.options.length)
      .default([])
      .meta({ description: 'none: all that the asker may see' }),
    selection: dashboardSelectionSchema,
    title,
  }),
  z.strictObject({
    kind: z.literal('dashboard'),
    dashboardId: idSchema,
    selection: dashboardSelectionSchema.optional().meta({ description: 'left out: what the dashboard opens with' }),
  }),
  z
    .strictObject({ kind: z.literal('records'), metric: metricIdSchema, selection: dashboardSelectionSchema, title })
    .meta({ description: 'the records behind a number' }),
]);
export type ExportSubject = z.output<typeof exportSubjectSchema>;

const isTaken = (format: () => unknown): boolean => {
  try {
    format();
    return true;
  } catch {
    return false;
  }
};
const isTimeZone = (timeZone: string): boolean => isTaken(() => new Intl.DateTimeFormat('en', { timeZone }));
/** Not all that looks like a language tag is one: `en-12`, `de-AT-AT`. */
const isLocale = (name: string): boolean => isTaken(() => new Intl.Locale(name));

/** Charts: all formats; key figures: csv, xlsx, pdf; records: csv, xlsx, pdf; dashboards: xlsx, pdf. */
export const exportRequestSchema = z.strictObject({
  of: exportSubjectSchema,
  format: exportFormatSchema,
  bom: z.boolean().default(false).meta({ description: 'csv: begin with a byte order mark, for older spreadsheets' }),
  locale: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/, 'must be a language tag such as en or de-AT')
    .refine(isLocale, 'must be a language tag such as en or de-AT')
    .optional()
    .meta({
      description: "how a PDF or picture writes numbers and days; left out: as the person's profile says, or en",
    }),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
    .optional()
    .meta({ description: "of the reader; left out: the profile's, or the company's" }),
  theme: z.enum(['light', 'dark']).default('light').meta({ description: 'svg and drawing' }),
});
export type ExportRequest = z.output<typeof exportRequestSchema>;

/** What a job of an export leaves behind as its result. */
export interface ExportResult {
  exportId: string;
  fileName: string;
  dataHash: string;
  bytes: number;
}

/** One mark of a picture; lengths in CSS pixels, the origin at the top left. */
export type DrawnShape =
  | { kind: 'path'; d: string; fill: string | null; stroke: string | null; width: number; dash: number[] }
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      size: number;
      fill: string;
      anchor: 'start' | 'middle' | 'end';
      isBold: boolean;
    };
export interface DrawnPicture {
  title: string;
  description: string;
  width: number;
  height: number;
  shapes: DrawnShape[];
}
