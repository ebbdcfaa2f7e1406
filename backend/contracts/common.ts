import { z } from 'zod';

/** UUIDv7 of ours. */
export const idSchema = z.uuid().meta({ description: 'UUIDv7' });

/** A business day, `YYYY-MM-DD`, that exists in the calendar. */
export const daySchema = z.iso.date().meta({ description: 'A business day, YYYY-MM-DD', example: '2026-01-31' });

/** A moment in UTC. */
export const momentSchema = z.iso.datetime({ offset: true }).meta({ description: 'A moment, ISO 8601' });

/** ISO 4217 code. */
export const currencyCodeSchema = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter currency code such as EUR');

/** Decimal string: digits, at most four decimals, at most 14 before the point. */
export const decimalSchema = z.string().regex(/^-?\d{1,14}(\.\d{1,4})?$/, 'must be a decimal number such as "1234.50"');

/** `{ amount: "1234.50", currency: "EUR" }`; never a float. */
export const moneySchema = z.strictObject({ amount: decimalSchema, currency: currencyCodeSchema }).meta({
  id: 'Money',
  description: 'An amount as a decimal string, with its currency.',
});
export type Money = z.infer<typeof moneySchema>;

/** An id with the name a person reads. */
export const namedSchema = z.object({ id: idSchema, name: z.string() }).meta({ id: 'Named' });
export type Named = z.infer<typeof namedSchema>;

/** Values of custom fields, by field key. */
export const customValuesSchema = z
  .record(
    z.string().max(60),
    z.union([
      z.string().max(10_000),
      z.number(),
      z.boolean(),
      z.null(),
      z.array(z.string().max(200)).max(200),
      moneySchema,
    ]),
  )
  .meta({ id: 'CustomValues' });

/** One line of text. */
export const lineSchema = (max = 200) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters');

/** Longer text; line breaks allowed. */
export const textSchema = (max = 10_000) =>
  z
    .string()
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !value.includes('\0'), 'must not contain NUL characters');

/** An e-mail address, stored in lower case. */
export const emailSchema = z.email('must be an e-mail address').max(254).toLowerCase();

/** `"true"` or `"false"` in a query string. */
export const flagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A query parameter that may be repeated: always an array afterwards. "Any of" where it filters. */
export const manyOf = <T extends z.ZodType>(item: T, max = 100) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(max).optional(),
  );

/** Keyset paging: what every list takes. */
export const pageQueryShape = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional().meta({ description: 'nextCursor of the page before' }),
};

/** So many tags a record has at most. */
export const MOST_TAGS = 50;
/** Names of tags, in the order they were added. */
export const tagsSchema = z.array(lineSchema(50)).max(MOST_TAGS, `must be at most ${MOST_TAGS} tags`);

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().optional().meta({ description: 'only with count=true' }),
  });
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

export const idParams = z.object({ id: idSchema });

/** Path or query part that names a record's kind. */
export const recordTypeSchema = z.enum(['lead', 'opportunity', 'account', 'contact']);
export type RecordType = z.infer<typeof recordTypeSchema>;

/** RFC 9457 problem. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'request id' }),
    code: z.string().meta({ description: 'stable code of the error catalogue' }),
    errors: z
      .array(z.object({ pointer: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'every problem with the input, by JSON pointer' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
