import type { Socket } from 'node:net';
import type { Connection } from 'pg';
import { BinaryRows, int32At, type TakeRow } from './binary-rows.ts';

const [COPY_DATA, COPY_OUT_RESPONSE, NOTICE, PARAMETER, NOTIFICATION] = Buffer.from('dHNSA');
const HEAD_BYTES = 5;
/** Messages that may come while rows are sent. */
const isOurs = (code: number): boolean =>
  code === COPY_DATA || code === COPY_OUT_RESPONSE || code === NOTICE || code === PARAMETER || code === NOTIFICATION;

/**
 * A COPY ... TO STDOUT (FORMAT binary) whose rows are read where they lie in the socket's own blocks. The driver would
 * make a buffer and an event of each of five million rows.
 *
 * Source: PostgreSQL manual, "Message Formats"; a CopyData message holds one row.
 */
export class CopyOut {
  /** settles when the server is done with it */
  readonly done: Promise<void>;
  readonly #text: string;
  readonly #rows: BinaryRows;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;
  #rest: Buffer | null = null;

  constructor(text: string, fields: number, take: TakeRow) {
    this.#text = text;
    this.#rows = new BinaryRows(fields, take);
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  /** Called by the driver when the connection is ours. */
  submit(connection: Connection): void {
    const { stream } = connection as unknown as { stream: Socket };
    const [driver] = stream.listeners('data') as ((bytes: Buffer) => void)[];
    if (!driver) throw new Error('the driver does not listen to its connection');
    stream.removeListener('data', driver);
    const own = (bytes: Buffer): void => {
      let rest: Buffer | null = null;
      try {
        rest = this.#read(bytes);
      } catch (error) {
        // What the server still sends belongs to nobody: the connection can't be used any more.
        stream.destroy(error as Error);
        this.handleError(error as Error);
        return;
      }
      if (rest === null) return;
      stream.removeListener('data', own);
      stream.on('data', driver);
      driver(rest);
    };
    stream.on('data', own);
    connection.query(this.#text);
  }

  /** Takes the rows of a block; what follows them, once something else than rows comes, is the driver's. */
  #read(block: Buffer): Buffer | null {
    const from = this.#rest === null ? 0 : this.#readAcross(this.#rest, block);
    if (typeof from !== 'number') return from;
    let at = from;
    while (at + HEAD_BYTES <= block.length) {
      const end = at + 1 + int32At(block, at + 1);
      if (!isOurs(block[at] as number)) return block.subarray(at);
      if (end > block.length) break;
      if (block[at] === COPY_DATA) this.#rows.read(block, at + HEAD_BYTES, end);
      at = end;
    }
    if (at < block.length) this.#rest = block.subarray(at);
    return null;
  }

  /** Takes the message that began in an earlier block; answers where the next one begins, or what is the driver's. */
  #readAcross(rest: Buffer, block: Buffer): number | Buffer {
    // A message has a few hundred bytes: only these are copied, not the block.
    const head = Math.max(0, Math.min(HEAD_BYTES - rest.length, block.length));
    const begun = head === 0 ? rest : Buffer.concat([rest, block.subarray(0, head)]);
    if (begun.length < HEAD_BYTES) {
      this.#rest = begun;
      return block.length;
    }
    if (!isOurs(begun[0] as number)) return Buffer.concat([begun, block.subarray(head)]);
    const missing = 1 + int32At(begun, 1) - begun.length;
    const message = Buffer.concat([begun, block.subarray(head, head + missing)]);
    this.#rest = null;
    if (head + missing > block.length) this.#rest = message;
    else if (message[0] === COPY_DATA) this.#rows.read(message, HEAD_BYTES, message.length);
    return head + missing;
  }

  handleError(error: Error): void {
    this.#settle?.reject(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#settle?.resolve();
  }
}
