import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { ImportFileError } from '../import-file-error.ts';
import type { ImportSource } from './source.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const HEAD_BYTES = 4096;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Which encoding the bytes are in: by byte order mark, else UTF-16 by its zero bytes, else UTF-8 when all of
 * the file is valid UTF-8, else windows-1252 (of which latin-1 is a part).
 *
 * @throws ImportFileError for files that aren't text
 */
export async function detectEncoding(source: ImportSource): Promise<Encoding> {
  let head: Buffer = Buffer.alloc(0);
  let isHeadKnown = false;
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of source.open()) {
    const chunk = Buffer.concat([rest, bytes]);
    if (!isHeadKnown) {
      head = Buffer.concat([head, bytes]);
      isHeadKnown = head.length >= HEAD_BYTES;
      const byHead = isHeadKnown ? encodingOfHead(head) : null;
      if (byHead) return byHead;
    }
    const end = chunk.length - incompleteTail(chunk);
    if (isHeadKnown && !isUtf8(chunk.subarray(0, end))) return 'windows-1252';
    // Short beginnings wait until it is clear that they aren't UTF-16.
    rest = isHeadKnown ? chunk.subarray(end) : chunk;
  }
  const byHead = isHeadKnown ? null : encodingOfHead(head);
  return byHead ?? (isUtf8(rest) ? 'utf-8' : 'windows-1252');
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

function encodingOfHead(head: Buffer): Encoding | null {
  if (startsWith(head, ZIP) || startsWith(head, OLE)) {
    throw new ImportFileError(
      'This is a spreadsheet or an archive, not a text file. Save it as CSV (comma separated values) and import that.',
    );
  }
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return null; // still checked to the end
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  if (!head.includes(0)) return null;
  const pairs = Math.floor(head.length / 2);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < pairs * 2; index++) {
    if (head[index] === 0) {
      if (index % 2 === 0) evenZeros++;
      else oddZeros++;
    }
  }
  if (pairs >= 2 && oddZeros > pairs * 0.4 && evenZeros < pairs * 0.1) return 'utf-16le';
  if (pairs >= 2 && evenZeros > pairs * 0.4 && oddZeros < pairs * 0.1) return 'utf-16be';
  throw new ImportFileError('This is not a text file: it contains zero bytes. Export the data as CSV and import that.');
}

/** Bytes at the end that begin a UTF-8 character which the next chunk continues. */
function incompleteTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** The file's text as UTF-8 bytes, whatever it was written in. */
export async function* utf8Chunks(source: ImportSource, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    for await (const chunk of source.open()) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    return;
  }
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  for await (const chunk of source.open()) yield Buffer.from(decoder.write(Buffer.from(chunk)), 'utf8');
  const end = decoder.end();
  if (end) yield Buffer.from(end, 'utf8');
}
