import { z } from 'zod';
import { flagSchema, idSchema, momentSchema, pageOf, pageQueryShape, recordTypeSchema } from './common.ts';

/** Something a person was told inside the product. */
export const notificationSchema = z
  .object({
    id: idSchema,
    kind: z.string().meta({ description: 'reminder, assigned, mention, rule, rule-paused, ...; may grow' }),
    title: z.string(),
    body: z.string().nullable(),
    record: z.object({ type: recordTypeSchema, id: idSchema }).nullable(),
    taskId: idSchema.nullable(),
    createdAt: momentSchema,
    readAt: momentSchema.nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notificationSchema>;

const unread = z.number().int().meta({ description: 'how many are not read' });
export const unreadSchema = z.object({ unread });
export const notificationPageSchema = pageOf(notificationSchema).extend({ unread }).meta({ id: 'NotificationPage' });
export type NotificationPage = z.infer<typeof notificationPageSchema>;
export const notificationListQuery = z.strictObject({ ...pageQueryShape, unread: flagSchema.optional() });
export const notificationsReadSchema = z.strictObject({
  ids: z.array(idSchema).max(200).optional().meta({ description: 'left out: all' }),
});
