import { expect, it } from 'vitest';
import type { ExportDocument } from '../../backend/exports/export-document.ts';
import { renderPdf } from '../../backend/exports/render/pdf/pdf.ts';
import { readPdf } from './read-back.ts';

const words = [
  ...[
    'Produkt',
    'Firma',
    'Verantwortlich',
    'Betrag',
    'Produktkategorie',
    'Menge',
    'Kosten',
    'Region',
    'Segment',
    'Team',
  ],
  ...['Quelle', 'Phase', 'Name', 'Kampagne'],
];

/** A table of so many columns with short and long cells. */
const document = (count: number): ExportDocument => ({
  ...{ title: 'T', name: 't', locale: 'de', timeZone: 'UTC', theme: 'light', about: [], dataHash: 'x' },
  sections: [
    {
      ...{ title: 'T', width: 12, height: 'tall', tiles: [], chart: null, notes: [] },
      table: {
        columns: words
          .slice(0, count)
          .map((label) => ({ label, type: 'text', unit: null, currency: null, grain: null })),
        rows: [words.slice(0, count).map((_, at) => 'Small business'.repeat(1 + (at % 3)).slice(0, 4 + 3 * at))],
      },
    },
  ],
});

it('a heading of one word is never broken, however full the page is', async () => {
  for (let count = 5; count <= words.length; count++) {
    const [text = ''] = await readPdf(new Uint8Array(await renderPdf(document(count))));
    for (const word of words.slice(0, count)) expect(text, `${count} columns`).toContain(word);
  }
});
