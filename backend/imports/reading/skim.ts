const QUOTE = 0x22;
const NEWLINE = 0x0a;
/** What waits for its end of line before it is handed on, so that an endless line is noticed. */
const MAX_TAIL_BYTES = 512 * 1024;

/**
 * Thins out a file for a reader that has seen enough of it: stretches of whole lines without quotation marks can't
 * be broken, so they are only counted. Everything else is handed on, cut at line ends.
 *
 * `isEnough` is asked before each stretch; `onSkipped` is told how many lines were left out.
 */
export async function* skim(
  chunks: AsyncIterable<Buffer>,
  isEnough: () => boolean,
  onSkipped: (lines: number) => void,
): AsyncGenerator<Buffer> {
  let tail: Buffer = Buffer.alloc(0);
  // True while everything handed on so far ends with a line and no quotation mark has been seen: then what
  // follows begins a record.
  let isPlain = true;
  for await (const bytes of chunks) {
    const chunk = tail.length === 0 ? bytes : Buffer.concat([tail, bytes]);
    tail = Buffer.alloc(0);
    if (isPlain && chunk.includes(QUOTE)) isPlain = false;
    const end = isPlain ? chunk.lastIndexOf(NEWLINE) + 1 : 0;
    if (end === 0) {
      if (isPlain && chunk.length < MAX_TAIL_BYTES) tail = chunk;
      else {
        isPlain = false;
        yield chunk;
      }
      continue;
    }
    tail = chunk.subarray(end);
    if (isEnough()) onSkipped(countLines(chunk, end));
    else yield chunk.subarray(0, end);
  }
  if (tail.length > 0) yield tail;
}

function countLines(chunk: Buffer, end: number): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < end; at = chunk.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
