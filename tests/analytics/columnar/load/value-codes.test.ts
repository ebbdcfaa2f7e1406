import { describe, expect, it } from 'vitest';
import { decodeUuid, ValueCodes } from '../../../../backend/analytics/engines/columnar/load/value-codes.ts';
import { fc } from '../../../support/fast-check.ts';

describe('numbers of values that come as bytes', () => {
  it('are the same for equal values and others for others, whatever their length', () => {
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      // Alike but for one place: what is compared must be all of it.
      fc.tuple(fc.nat(20), fc.nat(19), fc.nat(1)).map(([length, place, byte]) => {
        const bytes = new Uint8Array(length).fill(65);
        if (place < length) bytes[place] = 65 + byte;
        return bytes;
      }),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), fc.nat(5), (values, margin) => {
        const seen: string[] = [];
        const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
        const codes = new ValueCodes((bytes, from, to) => seen.push(hex(bytes.subarray(from, to))) - 1);
        for (const bytes of values) {
          const row = Buffer.concat([Buffer.alloc(margin, 7), bytes, Buffer.alloc(3, 9)]);
          expect(seen[codes.codeOf(row, margin, margin + bytes.length)]).toBe(hex(bytes));
        }
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });

  it('stay when thousands have come', () => {
    const codes = new ValueCodes((bytes, from) => bytes.readUInt32LE(from));
    const bytesOf = (number: number): Buffer => {
      const bytes = Buffer.alloc(16);
      bytes.writeUInt32LE(number);
      return bytes;
    };
    for (let number = 0; number < 20_000; number++) codes.codeOf(bytesOf(number), 0, 16);
    for (let number = 0; number < 20_000; number++) expect(codes.codeOf(bytesOf(number), 0, 16)).toBe(number);
  });

  it('reads a uuid as it is written', () => {
    const text = '0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
    expect(decodeUuid(Buffer.from(`ff${text.replaceAll('-', '')}`, 'hex'), 1)).toBe(text);
  });
});
