import { z } from 'zod';
import { idSchema, lineSchema, momentSchema, namedSchema, pageOf, pageQueryShape } from './common.ts';

/** A file on a record. */
export const attachmentSchema = z
  .object({
    id: idSchema,
    fileName: z.string(),
    mediaType: z.string().meta({ description: 'as found in the file itself, not as the sender said' }),
    bytes: z.number().int(),
    sha256: z.string(),
    uploadedBy: namedSchema.nullable(),
    createdAt: momentSchema,
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachmentSchema>;
export const attachmentPageSchema = pageOf(attachmentSchema).meta({ id: 'AttachmentPage' });
export const attachmentListQuery = z.strictObject({ ...pageQueryShape });
export const attachmentUploadQuery = z.strictObject({ fileName: lineSchema(200) });
export const attachmentParams = z.object({ id: idSchema, attachmentId: idSchema });
