import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { inspectFile } from '../../backend/imports/reading/inspect.ts';
import { memorySource } from '../../backend/imports/reading/source.ts';
import { databaseForTest } from '../support/database.ts';
import { importFile, importText } from './support.ts';

const inspect = (...chunks: (string | Uint8Array)[]) =>
  inspectFile(
    memorySource('x.csv', ...chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))),
  );

describe('files that cannot be read', () => {
  it.each([
    ['an empty file', '', 'The file is empty'],
    ['blank lines only', '\n\n\n', 'The file is empty'],
    ['a header only', 'name,amount\n', 'no rows below it'],
    [
      'no header',
      'Ann,12.50,ann@example.com\nBob,1,b@example.com\n',
      'must hold the names of the columns, but it contains "12.50"',
    ],
    ['a quotation mark that is never closed', 'a,b\n1,2\n3,"x\n4,5\n', 'on line 3 is never closed'],
    ['text behind a closing quotation mark', 'a,b\n1,"x"y\n', 'starts on line 2 are broken'],
    ['a quotation mark inside a bare value', 'a,b\n1,2\n\n1,5" pipe\n', 'starts on line 4 are broken'],
    ['a workbook', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14]), 'Save it as CSV'],
    ['zero bytes', new Uint8Array([0x61, 0x00, 0x00, 0x00, 0x62, 0x0a]), 'not a text file'],
  ])('refuses %s in one sentence', async (_, content, sentence) => {
    await expect(inspect(content)).rejects.toThrow(sentence);
  });

  it('refuses a row without end after one MiB, without reading the rest', async () => {
    let served = 0;
    const block = Buffer.alloc(64 * 1024, 'x');
    const source = {
      fileName: 'endless.csv',
      async *open() {
        yield Buffer.from('a,b\n');
        // 1 GiB; the encoding is looked for in all of it, the records only in the beginning
        for (served = 0; served < 16_384; served++) yield block;
      },
    };
    await expect(inspectFile(source)).rejects.toThrow('The row that starts on line 2 is longer than 1 MiB');
    expect(served).toBeLessThan(40);
  }, 60_000);

  it('finds a broken quotation mark far behind the rows it reads in full, with its line', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `Account ${index},2026-01-31,1.5`);
    const text = `a,b,c\n${rows.join('\n')}\n`;
    const pieces = (whole: string) => whole.match(/[\s\S]{1,50000}/g) ?? [];
    expect(await inspect(...pieces(text))).toMatchObject({ rows: 60_000 });
    await expect(inspect(...pieces(`${text}"x"y,1,2\n`))).rejects.toThrow('starts on line 60002 are broken');
    await expect(inspect(...pieces(`${text}"x,1,2\n`))).rejects.toThrow('starts on line 60002 is never closed');
  }, 60_000);

  it('imports nothing of a file that is broken at its end', async () => {
    const db = await databaseForTest();
    const rows = Array.from({ length: 6000 }, (_, index) => `Account ${index}`);
    await expect(importText(db, 'accounts', `Account Name\n${rows.join('\n')}\n"open`)).rejects.toThrow('never closed');
    expect(await db.sql.rows(sql`select count(*)::int as n from account`)).toEqual([{ n: 0 }]);
    expect(await db.sql.rows(sql`select state, error from import_run`)).toEqual([
      { state: 'failed', error: expect.stringContaining('line 6002') },
    ]);
  });
});

describe('ways of writing a file', () => {
  const text = 'Name;Umsatz\nMüller & Söhne;12\n';
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE with a byte order mark', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16 BE with a byte order mark', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16 LE without one', iconv.encode(text, 'utf-16le'), 'utf-16le'],
    ['windows-1252', iconv.encode(text, 'windows-1252'), 'windows-1252'],
  ])('reads %s', async (_, bytes, encoding) => {
    const db = await databaseForTest();
    // Cut into single bytes: no chunk border may split a character.
    const pieces = [...bytes].map((byte) => new Uint8Array([byte]));
    const found = await inspectFile(memorySource('x.csv', ...pieces));
    expect(found).toMatchObject({ encoding, delimiter: ';', rows: 1 });
    await importFile(db, 'accounts', memorySource('x.csv', ...pieces));
    expect(await db.sql.rows(sql`select name, annual_revenue::float8 as revenue from account`)).toEqual([
      { name: 'Müller & Söhne', revenue: 12 },
    ]);
  });

  it.each([',', ';', '\t', '|'])('finds the delimiter %j', async (delimiter) => {
    const rows = [
      ['name', 'note, or; so'],
      ['a', 'x,y;z|w'],
      ['b', ''],
    ];
    const quoted = rows.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join('\r\n');
    expect(await inspect(quoted)).toMatchObject({ delimiter, rows: 2 });
  });

  it('tells columns of one name apart and names nameless ones', async () => {
    const { columns } = await inspect('Date,Date,,Date\n1,2,3,4\n');
    expect(columns.map(({ name }) => name)).toEqual(['Date', 'Date (2)', 'Column 3', 'Date (3)']);
  });

  it('counts lines as an editor does, also behind line breaks in quotes', async () => {
    const db = await databaseForTest();
    await importText(db, 'accounts', 'Account Name,Employees\r\n"A\r\nB",1\r\n\r\nC,many\r\n');
    expect(await db.sql.rows(sql`select "row", "column" from import_error`)).toEqual([{ row: 5, column: 'Employees' }]);
  });
});

describe('mappings', () => {
  it('refuses columns and fields that are not there, and says which are', async () => {
    const db = await databaseForTest();
    const text = 'Customer,Staff\nAcme,3\n';
    await expect(importText(db, 'accounts', text, { mapping: { Kunde: 'name' } })).rejects.toThrow(
      'The mapping names a column "Kunde" that the file does not have. Its columns are: "Customer", "Staff".',
    );
    await expect(importText(db, 'accounts', text, { mapping: { Staff: 'heads' } })).rejects.toThrow(
      '"heads", which is not a field',
    );
    await expect(importText(db, 'accounts', text, { mapping: { Staff: 'name', Customer: 'name' } })).rejects.toThrow(
      'sends both',
    );
    expect(await importText(db, 'accounts', text, { mapping: { Staff: 'employees' } })).toMatchObject({ created: 1 });
    expect(await db.sql.rows(sql`select name, employees from account`)).toEqual([{ name: 'Acme', employees: 3 }]);
  });

  it('asks for columns that an entity cannot do without', async () => {
    const db = await databaseForTest();
    await expect(importText(db, 'sales', 'Weather,Mood\nsunny,good\n')).rejects.toThrow(/date.*net amount/s);
  });

  it('refuses single dates and numbers that nothing in a long file decides', async () => {
    const db = await databaseForTest();
    const rows = Array.from({ length: 30_000 }, (_, index) => `2026-01-31,Source ${index % 7},12,${index}`);
    const text = `date,source,amount,id\n${rows.join('\n')}\n03/04/2026,Late,12,A\n2026-01-31,Late,1.234,B\n`;
    const pieces = (text.match(/[\s\S]{1,50000}/g) ?? []).map((piece) => Buffer.from(piece));
    const summary = await importFile(db, 'spend', memorySource('x.csv', ...pieces), { isDryRun: true });
    expect(summary).toMatchObject({ rows: 30_002, created: 30_000, rejected: 2 });
    expect(await db.sql.rows(sql`select "row", "column" from import_error order by 1`)).toEqual([
      { row: 30_002, column: 'date' },
      { row: 30_003, column: 'amount' },
    ]);
  }, 120_000);

  it('says when dates can be read in two ways and takes the answer from the mapping', async () => {
    const db = await databaseForTest();
    const text = 'id,date,amount\n1,03/04/2026,5\n2,05/06/2026,6\n';
    await expect(importText(db, 'sales', text)).rejects.toThrow('"soldOn:D/M/Y" (day first) or "soldOn:M/D/Y"');
    await importText(db, 'sales', text, { mapping: { date: 'soldOn:D/M/Y' } });
    expect(await db.sql.rows(sql`select sold_on::text as day from sale order by 1`)).toEqual([
      { day: '2026-04-03' },
      { day: '2026-06-05' },
    ]);
  });
});
