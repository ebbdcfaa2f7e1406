import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileIn } from '../../../backend/analytics/engines/columnar/snapshot-file.ts';
import { sql } from '../../../backend/db/index.ts';
import { openTestDatabase } from '../../support/database.ts';
import { addLeads, addSales } from '../facts.ts';
import { type Installation, openInstallation, startEngine } from './support/installation.ts';
import { purgeWholeLog } from './support/log-purge.ts';
import { expectSame, question, salesSeen } from './support/questions.ts';

/** Then come the length of the header, its checksum, and itself. */
const MAGIC_BYTES = 'SalesPulse facts\n'.length;
const sale = { soldOn: '2026-01-05', amount: '10.00' };
let installation: Installation;
let file: string;
/** The file as the first process left it: each test begins with it. */
let first: Buffer;
beforeAll(async () => {
  installation = await openInstallation();
  file = fileIn(installation.folder);
  await addSales(installation.database, [sale, { ...sale, region: 'East', amount: '0.0001', cost: '3' }]);
});
afterAll(() => installation?.close());
beforeEach(async () => {
  if (first) return writeFile(file, first);
  const shared = await startEngine(installation);
  expect(shared.status().state).toEqual({ kind: 'ready', from: 'database' });
  await shared.stop();
  first = await readFile(file);
});

/** Starts again, and expects all figures to be right. */
async function startAgain(from: 'file' | 'database', environment: NodeJS.ProcessEnv = {}) {
  const shared = await startEngine(installation, environment);
  expect(shared.status().state).toEqual({ kind: 'ready', from });
  const timeZone = environment.COMPANY_TIME_ZONE;
  await expectSame(shared, installation.database, question(), timeZone);
  await expectSame(shared, installation.database, question({ by: 'region' }), timeZone);
  return shared;
}

/** Changes one byte of the file, `place` from its beginning or, below zero, from its end. */
async function damage(place: number): Promise<void> {
  const bytes = await readFile(file);
  const at = place < 0 ? bytes.length + place : place;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

/** The part of the file where it says of itself what it is. */
function headerOf(bytes: Buffer): { place: number; text: string } {
  const place = MAGIC_BYTES + 8;
  return { place, text: bytes.toString('utf8', place, place + bytes.readUInt32BE(MAGIC_BYTES)) };
}

/** Has the file say, with all its checksums right, that it is of format 0. */
async function makeOlder(): Promise<void> {
  const bytes = await readFile(file);
  const { place, text } = headerOf(bytes);
  const older = text.replace(/^{"format":\d/, '{"format":0');
  bytes.writeUInt32BE(crc32(older), MAGIC_BYTES + 4);
  bytes.write(older, place);
  await writeFile(file, bytes);
}

describe('a process that starts again', () => {
  it('opens the file, and has what was committed meanwhile', async () => {
    const { database } = installation;
    await addSales(database, [{ ...sale, region: 'West' }]);
    await database.sql.rows(sql`delete from sale where region = 'East'`);
    await addLeads(database, [{ createdAt: '2026-01-02T10:00:00Z', region: 'West' }]);
    const shared = await startAgain('file');
    expect(await salesSeen(shared)).toBe(2);
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(3);
    await shared.stop();
    const next = await startAgain('file');
    expect(await salesSeen(next)).toBe(3);
  });

  it('keeps the file to its user', async () => {
    expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it.each<[what: string, change: () => Promise<void>]>([
    ['is cut short', async () => truncate(file, (await stat(file)).size - 1)],
    ['is only the beginning of one', () => truncate(file, 10)],
    ['is not ours', () => writeFile(file, 'a text that somebody has put here, longer than what a file begins with')],
    ['is of an older version', makeOlder],
    ['has another bit in its last column', () => damage(-1)],
    ['has another bit in what it says of itself', () => damage(60)],
    ['has another bit in the length of that', () => damage(20)],
  ])('makes the copy anew where the file %s', async (_, change) => {
    await change();
    await startAgain('database');
  });

  it('makes it anew where digits of the snapshot have changed, by which a sale would be counted twice', async () => {
    const shared = await startAgain('file');
    await addSales(installation.database, [sale]);
    await salesSeen(shared);
    await shared.stop();
    const bytes = await readFile(file);
    const { place, text } = headerOf(bytes);
    const snapshot = /"snapshot":"[^"]*"/;
    const [older = ''] = snapshot.exec(headerOf(first).text) ?? [];
    bytes.write(text.replace(snapshot, older), place);
    await writeFile(file, bytes);
    await startAgain('database');
  });

  it('writes a file in the place of one that cannot be used', async () => {
    await damage(-1);
    await (await startAgain('database')).stop();
    await startAgain('file');
  });

  it('makes it anew in another time zone', async () => {
    await addLeads(installation.database, [{ createdAt: '2026-01-31T20:00:00Z' }]);
    const shared = await startAgain('database', { COMPANY_TIME_ZONE: 'Asia/Tokyo' });
    await expectSame(shared, installation.database, question({ grain: 'day', measures: ['leadCount'] }), 'Asia/Tokyo');
  });

  it('makes it anew where the file is of another database', async () => {
    const other = { ...installation, database: await openTestDatabase() };
    try {
      await addSales(other.database, [sale, sale, sale]);
      const shared = await startEngine(other);
      expect(shared.status().state).toEqual({ kind: 'ready', from: 'database' });
      expect(await salesSeen(shared)).toBe(3);
      await shared.stop();
    } finally {
      await other.database.close();
    }
  });

  it('makes it anew where an older state of the database was put back', async () => {
    const { database } = installation;
    // A later file, of a history that the database has not had any more since then.
    await addSales(database, [sale]);
    const shared = await startAgain('file');
    await shared.stop();
    await database.sql.rows(sql`
      delete from analytics_file where id = (select id from analytics_file order by made_at desc, id limit 1)`);
    await startAgain('database');
  });

  it('makes it anew where more was changed than can be told', async () => {
    const { database } = installation;
    await database.sql.rows(sql`
      insert into analytics_change (xid, fact, ids, weight)
      values (pg_current_xact_id()::text::bigint, 'lead', '{}', 200000)`);
    await startAgain('database');
    await database.sql.rows(sql`delete from analytics_change where weight = 200000`);
  });

  it('makes it anew where the log does not reach back any more', async () => {
    const { database } = installation;
    await addSales(database, [sale]);
    await purgeWholeLog(database);
    await startAgain('database');
  });
});
