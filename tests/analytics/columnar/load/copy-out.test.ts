import { EventEmitter } from 'node:events';
import type { Connection } from 'pg';
import { describe, expect, it } from 'vitest';
import { textFields } from '../../../../backend/analytics/engines/columnar/load/binary-rows.ts';
import { CopyOut } from '../../../../backend/analytics/engines/columnar/load/copy-out.ts';
import { fc } from '../../../support/fast-check.ts';

const message = (code: string, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(5);
  head.write(code);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

/** Source: PostgreSQL manual, COPY, "Binary Format". */
function rowBytes(fields: readonly (string | null)[], isFirst: boolean): Buffer {
  const header = isFirst
    ? Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
    : Buffer.alloc(0);
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  const parts = fields.map((field) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(field === null ? -1 : Buffer.byteLength(field));
    return Buffer.concat([length, Buffer.from(field ?? '')]);
  });
  return Buffer.concat([header, count, ...parts]);
}

describe('rows of a COPY', () => {
  it('are the same wherever the network cuts them, and what follows is left to the driver', () => {
    const row = fc.tuple(fc.option(fc.string({ maxLength: 40 }), { nil: null }), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 90 })),
        (rows, cuts) => {
          const notice = message('N', Buffer.from('SNOTICE\0\0'));
          const sent = Buffer.concat([
            message('H', Buffer.alloc(7)),
            ...rows.flatMap((fields, index) => [message('d', rowBytes(fields, index === 0)), notice]),
            message('d', Buffer.from([0xff, 0xff])),
          ]);
          const rest = Buffer.concat([message('c', Buffer.alloc(0)), message('C', Buffer.from('COPY\0'))]);
          const taken: (string | null)[][] = [];
          const copy = new CopyOut('copy', 2, (bytes, starts, ends) => taken.push(textFields(bytes, starts, ends)));
          const stream = new EventEmitter();
          const left: Buffer[] = [];
          stream.on('data', (bytes: Buffer) => left.push(bytes));
          copy.submit({ stream, query: () => {} } as unknown as Connection);
          const all = Buffer.concat([sent, rest]);
          for (let at = 0, turn = 0; at < all.length; turn++) {
            const length = cuts[turn % Math.max(1, cuts.length)] ?? all.length;
            stream.emit('data', all.subarray(at, at + length));
            at += length;
          }
          expect(taken).toEqual(rows);
          expect(Buffer.concat(left)).toEqual(rest);
        },
      ),
    );
  });
});
