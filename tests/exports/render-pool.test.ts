import { describe, expect, it } from 'vitest';
import type { ExportDocument } from '../../backend/exports/export-document.ts';
import { createRenderPool } from '../../backend/exports/render/worker/render-pool.ts';

const CSV = { format: 'csv', bom: false } as const;
const XLSX = { format: 'xlsx', bom: false } as const;

/** A table of so many rows. */
const document = (rows: number): ExportDocument => ({
  ...{ title: 'Regions', name: 'regions', locale: 'en', timeZone: 'UTC', theme: 'light', about: [], dataHash: 'x' },
  sections: [
    {
      ...{ title: 'Regions', width: 12, height: 'tall', tiles: [], chart: null, notes: [] },
      table: {
        columns: [{ label: 'Region', type: 'text', unit: null, currency: null, grain: null }],
        rows: Array.from({ length: rows }, (_, index) => [`Region ${index}`]),
      },
    },
  ],
});

describe('files that threads write', () => {
  it('are all written when there are more than threads', async () => {
    const pool = createRenderPool({ mostAtOnce: 2 });
    const files = await Promise.all(Array.from({ length: 8 }, (_, rows) => pool.content(document(rows), CSV)));
    expect(files.map((file) => file.toString().split('\r\n').length - 2)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are refused with a sentence when memory can not hold them, and the next one is written', async () => {
    const pool = createRenderPool({ mostAtOnce: 1, heapMb: 24 });
    await expect(pool.content(document(150_000), XLSX)).rejects.toMatchObject({ code: 'too_large' });
    expect((await pool.content(document(1), CSV)).toString()).toBe('Region\r\nRegion 0\r\n');
  });

  it('are given up on the spot, in line as well as half written, and the next one is written', async () => {
    const pool = createRenderPool({ mostAtOnce: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const reason = new Error('not wanted any more');
    const half = pool.content(document(100_000), XLSX, first.signal);
    const inLine = pool.content(document(1), CSV, second.signal);
    second.abort(reason);
    await expect(inLine).rejects.toBe(reason);
    first.abort(reason);
    await expect(half).rejects.toBe(reason);
    expect((await pool.content(document(1), CSV)).toString()).toBe('Region\r\nRegion 0\r\n');
  });
});
