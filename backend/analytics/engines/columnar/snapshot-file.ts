import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

/** Raised whenever older files can't be read any more. */
export const FILE_FORMAT = 2;
const MAGIC = 'SalesPulse facts\n';
const HEADER_LIMIT = 1024 * 1024;
/** The magic words, the length of the header, and its checksum: a changed digit in it would be another history. */
const START_BYTES = MAGIC.length + 8;
const STALE_MS = 3_600_000;

/** What a file says of itself. */
export const fileHeaderSchema = z.object({
  format: z.literal(FILE_FORMAT),
  /** known to the database whose history the file is of */
  id: z.uuid(),
  systemId: z.string(),
  databaseId: z.string(),
  timeZone: z.string(),
  /** pg_snapshot as text: what is in the file */
  snapshot: z.string(),
  /** bytes of each part, in order */
  parts: z.array(z.number().int().nonnegative()),
  checksum: z.number().int(),
});
export type FileHeader = z.infer<typeof fileHeaderSchema>;
export type FileIdentity = Pick<FileHeader, 'id' | 'systemId' | 'databaseId' | 'timeZone' | 'snapshot'>;

export const fileIn = (dataDir: string): string => path.join(dataDir, 'analytics', 'facts.bin');

const checksumOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => crc32(part, sum), 0);

/** Writes all of it to a file beside the real one, on disk when this returns; answers its name. */
export async function writeDraft(file: string, identity: FileIdentity, parts: readonly Uint8Array[]): Promise<string> {
  const header: FileHeader = {
    format: FILE_FORMAT,
    ...identity,
    parts: parts.map(({ length }) => length),
    checksum: checksumOf(parts),
  };
  const head = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(START_BYTES);
  start.write(MAGIC);
  start.writeUInt32BE(head.length, MAGIC.length);
  start.writeUInt32BE(crc32(head), MAGIC.length + 4);
  // Processes of one machine share the folder: each writes a draft of its own.
  const draft = `${file}.${identity.id}.tmp`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    for (const part of [start, head, ...parts]) await handle.writeFile(part);
    await handle.sync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return draft;
}

/** Puts a draft in the place of the real file: readers find the old one or the new one, never half of one. */
export async function publishDraft(file: string, draft: string): Promise<void> {
  await rename(draft, file);
  const folder = await open(path.dirname(file), 'r');
  // Windows knows no such thing as a folder on disk; the file itself is there.
  await folder.sync().catch(() => {});
  await folder.close();
}

/** What the file says of itself; null where there is none, or none that this version can read. */
export async function readHeader(file: string): Promise<FileHeader | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const start = Buffer.alloc(START_BYTES);
    await handle.read(start, 0, START_BYTES, 0);
    const length = start.readUInt32BE(MAGIC.length);
    if (start.toString('utf8', 0, MAGIC.length) !== MAGIC || length > HEADER_LIMIT) return null;
    const head = Buffer.alloc(length);
    await handle.read(head, 0, length, START_BYTES);
    if (crc32(head) !== start.readUInt32BE(MAGIC.length + 4)) return null;
    const header = fileHeaderSchema.safeParse(JSON.parse(head.toString('utf8')));
    return header.success ? header.data : null;
  } catch {
    return null; // cut short or foreign: the database has all of it
  } finally {
    await handle.close();
  }
}

/** The parts of a whole file. @throws Error when some of it is missing or damaged */
export async function readParts(file: string, { parts, checksum }: FileHeader): Promise<Uint8Array[]> {
  const handle = await open(file, 'r');
  try {
    const start = Buffer.alloc(START_BYTES);
    await handle.read(start, 0, START_BYTES, 0);
    let position = START_BYTES + start.readUInt32BE(MAGIC.length);
    const found: Uint8Array[] = [];
    for (const length of parts) {
      // Arrays of numbers are laid over these bytes: each part begins at a multiple of eight.
      const part = new Uint8Array(new ArrayBuffer(length));
      for (let read = 0; read < length; ) {
        const { bytesRead } = await handle.read(part, read, length - read, position + read);
        if (bytesRead === 0) throw new Error('the file ends too early');
        read += bytesRead;
      }
      position += length;
      found.push(part);
    }
    if (checksumOf(found) !== checksum) throw new Error('the file is damaged');
    return found;
  } finally {
    await handle.close();
  }
}

/** Drafts that nobody finished. */
export async function removeOldDrafts(file: string): Promise<void> {
  const folder = path.dirname(file);
  for (const name of await readdir(folder).catch(() => [])) {
    const draft = path.join(folder, name);
    const found = name.endsWith('.tmp') ? await stat(draft).catch(() => null) : null;
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(draft, { force: true });
  }
}
