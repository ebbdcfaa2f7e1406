import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Actor, type Principal, recordAudit } from '../access/index.ts';
import type { Attachment } from '../contracts/attachments.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, notFound, ProblemError, readBody } from '../http/index.ts';
import { noteChange } from '../notify/index.ts';
import type { RecordRef } from './activity.repository.ts';
import { changeOf } from './activity-change.ts';
import {
  countAttachments,
  findAttachment,
  insertAttachment,
  listAttachments,
  readChunks,
  removeAttachment,
} from './attachment.repository.ts';
import { safeFileName, typeOfFile } from './attachment-type.ts';
import { assertReadable, assertWritable } from './record-access.ts';

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 200;

/** Files on records: who may see a record downloads them, who may change the record adds and removes them. */
export function createAttachmentService({ database, clock, changes }: Dependencies) {
  return {
    async list(principal: Principal, record: RecordRef, query: { limit: number; cursor?: string | undefined }) {
      await assertReadable(database.sql, principal, record.type, record.id);
      return listAttachments(database.sql, record, query);
    },

    /** @throws 413 above 20 MiB, 415 for a type that is not taken, 409 when the record has too many files */
    async add(actor: Actor, record: RecordRef, givenName: string, req: IncomingMessage): Promise<Attachment> {
      // Before the body is read: a stranger can't make the server hold 20 MiB.
      await assertWritable(database.sql, actor.principal, record.type, record.id);
      const fileName = safeFileName(givenName);
      if (fileName === '') throw invalid('/query/fileName', 'is no name for a file');
      const content = await readBody(req, MAX_FILE_BYTES);
      if (content.length === 0) throw new ProblemError('malformed_request', 'The file is empty.');
      const mediaType = await typeOfFile(fileName, content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return database.transaction(async (tx) => {
        await assertWritable(tx.sql, actor.principal, record.type, record.id);
        if ((await countAttachments(tx.sql, record)) >= MOST_FILES) {
          throw new ProblemError('conflict', `A ${record.type} has at most ${MOST_FILES} files. Remove one first.`);
        }
        const file = {
          fileName,
          mediaType,
          sha256,
          content,
          userId: actor.principal.userId,
          at: clock().toISOString(),
        };
        const added = await findAttachment(tx.sql, record, await insertAttachment(tx.sql, record, file));
        if (!added) throw new Error('the new attachment can not be read back');
        await recordAudit(tx.sql, actor, {
          action: 'attachment.added',
          entity: record.type,
          entityId: record.id,
          after: added,
        });
        await noteChange(tx, changes, await changeOf(tx.sql, actor, record, 'updated'));
        return added;
      });
    },

    /** The file and its bytes. @throws 404 */
    async open(principal: Principal, record: RecordRef, id: string) {
      await assertReadable(database.sql, principal, record.type, record.id);
      const attachment = await findAttachment(database.sql, record, id);
      if (!attachment) throw notFound('file');
      return { attachment, chunks: readChunks(database.sql, id) };
    },

    remove: (actor: Actor, record: RecordRef, id: string): Promise<void> =>
      database.transaction(async (tx) => {
        await assertWritable(tx.sql, actor.principal, record.type, record.id);
        const before = await findAttachment(tx.sql, record, id);
        if (!before) throw notFound('file');
        await removeAttachment(tx.sql, id, clock().toISOString());
        await recordAudit(tx.sql, actor, {
          action: 'attachment.removed',
          entity: record.type,
          entityId: record.id,
          before,
        });
        await noteChange(tx, changes, await changeOf(tx.sql, actor, record, 'updated'));
      }),
  };
}
