import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '../http/index.ts';

export const MAX_UPLOAD_BYTES = 200 * 1024 * 1024;

const tooLarge = () =>
  new ProblemError(
    'too_large',
    'The file is larger than 200 MiB. Split it, or import it on the server with: npm run import',
    { headers: { Connection: 'close' } },
  );

/**
 * Puts a request's body into a file of its own while `use` works with it. On disk first, because nothing of
 * it may be stored before all of it is known to be sound.
 */
export async function withUploadedFile<Result>(
  req: IncomingMessage,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  if (Number(req.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-upload-'));
  try {
    const file = path.join(folder, 'upload');
    let size = 0;
    await pipeline(
      req,
      async function* limit(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > MAX_UPLOAD_BYTES) throw tooLarge();
          yield chunk;
        }
      },
      createWriteStream(file, { mode: 0o600 }),
    );
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
