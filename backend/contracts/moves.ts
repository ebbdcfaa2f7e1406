import { z } from 'zod';
import { idSchema, textSchema } from './common.ts';

/** What somebody says on the way into a stage, beside where the card goes. */
const entryShape = {
  lostReasonId: idSchema.optional().meta({ description: 'why it is lost; only into a lost stage' }),
  lostNote: textSchema(1000).optional().meta({ description: 'the same in own words' }),
};

/**
 * Where a card goes: into a stage, before or after another card of it (neither: on top). `update` is what may be changed
 * of such a record: what the stage asks for is sent along.
 */
export const stageMoveOf = <Update extends z.ZodType>(update: Update) =>
  z
    .strictObject({
      stageId: idSchema,
      before: idSchema.optional(),
      after: idSchema.optional(),
      ...entryShape,
      fields: update.optional().meta({ description: 'fields set in the same step, such as those the stage asks for' }),
    })
    .refine((move) => !(move.before && move.after), {
      message: 'give before or after, not both',
      path: ['after'],
    });

/** What is said on entering a stage. `fields`: names and values as in a change of the record. */
export interface StageEntry {
  lostReasonId?: string | undefined;
  lostNote?: string | undefined;
  fields?: object | undefined;
}

/** A move as every kind of record has it. */
export interface StageMove extends StageEntry {
  stageId: string;
  before?: string | undefined;
  after?: string | undefined;
}
