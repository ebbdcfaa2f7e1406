import { z } from 'zod';
import { idSchema, recordTypeSchema } from './common.ts';

const boardPlaceSchema = z.object({ pipelineId: idSchema.nullable(), stageId: idSchema.nullable() });

/**
 * The server-sent event `record`: something happened to a record that the reader may see. `from` and `to` say where it
 * stood and stands, each null where the reader may not see it there, or where it is not there.
 */
export const recordEventSchema = z
  .object({
    entity: recordTypeSchema,
    id: idSchema,
    kind: z.enum(['created', 'updated', 'moved', 'deleted', 'restored', 'activity', 'task']),
    from: boardPlaceSchema.nullable(),
    to: boardPlaceSchema.nullable(),
    isOwn: z.boolean().meta({ description: 'the reader did it' }),
  })
  .meta({ id: 'RecordEvent' });
export type RecordEvent = z.infer<typeof recordEventSchema>;

/** The server-sent event `records`: so many records of this kind changed at once that it is quicker to read anew. */
export const recordsEventSchema = z.object({ entity: recordTypeSchema }).meta({ id: 'RecordsEvent' });
export type RecordsEvent = z.infer<typeof recordsEventSchema>;
