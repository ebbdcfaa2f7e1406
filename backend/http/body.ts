import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problems.ts';

const MAX_JSON_BYTES = 1024 * 1024;

/** Reads a JSON body of at most 1 MiB. An absent body is `{}`, so that "all optional" bodies may be left out. */
export async function readJsonBody(req: IncomingMessage): Promise<unknown> {
  const text = (await readBody(req, MAX_JSON_BYTES)).toString('utf8');
  if (text.trim() === '') return {};
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new ProblemError('unsupported_media_type', 'Send the body as application/json.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProblemError('malformed_request', 'The body is not valid JSON.', {
      cause,
    });
  }
}

/**
 * Reads a whole body, refusing it as soon as it passes `maxBytes`. By events: iterating a request costs more than
 * all the rest of reading a small body.
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new ProblemError('too_large', `The body must have at most ${maxBytes} bytes.`, {
      headers: { Connection: 'close' },
    });
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        req.pause();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.once('error', reject);
    // A request that is cut off ends without `end`, and not always with an error.
    req.once('close', () => {
      if (!req.complete) reject(new ProblemError('malformed_request', 'The request ended before it was complete.'));
    });
  });
}
