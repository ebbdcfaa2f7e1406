import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, isUniqueViolation, join, openPglite, openPostgres, sql } from '../../backend/db/index.ts';
import { openTestDatabase } from '../support/database.ts';

const postgresUrl = inject('postgresUrl');
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const values =
  () => sql`select ${'text'}::text as text, ${7}::int as whole, ${true}::bool as flag, ${1.5}::float8 as ratio,
  ${'12.50'}::numeric::text as money, (date '2026-01-31')::text as day, ${JSON.stringify({ a: [1] })}::jsonb as json,
  timestamptz '2026-01-31T10:00:00Z' as moment, ${null}::text as nothing, ${['x', 'y']}::text[] = array['x', 'y'] as listed`;
const expected = {
  text: 'text',
  whole: 7,
  flag: true,
  ratio: 1.5,
  money: '12.50',
  day: '2026-01-31',
  json: { a: [1] },
  moment: new Date('2026-01-31T10:00:00Z'),
  nothing: null,
  listed: true,
};

describe('SQL', () => {
  it('gives the same JavaScript values on the pool, in a transaction and in a bulk transaction', async () => {
    expect(await database.sql.first(values())).toEqual(expected);
    expect(await database.transaction((tx) => tx.sql.first(values()))).toEqual(expected);
    expect(await database.bulk((tx) => tx.sql.first(values()))).toEqual(expected);
  });

  it('makes version 7 UUIDs in the order of time', async () => {
    const rows = await database.sql.rows<{ id: string }>(sql`select uuid_v7()::text as id from generate_series(1, 3)`);
    for (const { id } of rows)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const millis = Number.parseInt(rows[0]?.id.replaceAll('-', '').slice(0, 12) ?? '', 16);
    expect(Math.abs(Date.now() - millis)).toBeLessThan(60_000);
  });

  it('writes money with the decimals of its currency', async () => {
    const row = await database.sql.first(sql`select json_build_array(money_json(12.5, 'EUR'), money_json(1200, 'JPY'),
      money_json(1.2345, 'KWD'), money_json(null, 'EUR')) as money`);
    expect(row).toEqual({
      money: [
        { amount: '12.50', currency: 'EUR' },
        { amount: '1200', currency: 'JPY' },
        { amount: '1.235', currency: 'KWD' },
        null,
      ],
    });
  });
});

describe('transactions', () => {
  const insert = (key: string) => sql`insert into setting (key, value) values (${key}, '1'::jsonb)`;
  const count = (...keys: string[]) =>
    database.sql.first(sql`select count(*)::int as n from setting where key in (${join(keys)})`);

  it('roll back everything when the work throws', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.sql.rows(insert('t1'));
      await tx.prisma.setting.create({ data: { key: 't2', value: 1 } });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    const failingBulk = database.bulk(async (tx) => {
      await tx.sql.rows(insert('t3'));
      throw new Error('stop');
    });
    await expect(failingBulk).rejects.toThrow('stop');
    expect(await count('t1', 't2', 't3')).toEqual({ n: 0 });
  });

  it('tells a violated key from other errors, however the statement was run', async () => {
    await database.sql.rows(insert('taken'));
    const attempts = [
      () => database.sql.rows(insert('taken')),
      () => database.transaction((tx) => tx.sql.rows(insert('taken'))),
      () => database.transaction((tx) => tx.prisma.setting.create({ data: { key: 'taken', value: 1 } })),
      () => database.bulk((tx) => tx.sql.rows(insert('taken'))),
    ];
    for (const attempt of attempts) {
      const error = await attempt().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(isUniqueViolation(error)).toBe(true);
    }
    const other = await database.sql.rows(sql`select 1 / 0`).catch((reason: unknown) => reason);
    expect(isUniqueViolation(other)).toBe(false);
  });

  it('copies any text as it is', async () => {
    const texts = ['plain', 'tab\there', 'line\nbreak', 'back\\slash', '\\N', 'ünïcödé 🎉', '', null];
    const found = await database.bulk(async ({ sql: runner, copyIn }) => {
      await runner.rows(sql`create temporary table copied (place int, body text) on commit drop`);
      await copyIn(
        'copied',
        ['place', 'body'],
        texts.map((text, index) => [String(index), text]),
      );
      return runner.rows<{ body: string | null }>(sql`select body from copied order by place`);
    });
    expect(found.map(({ body }) => body)).toEqual(texts);
  });
});

describe('migrations', () => {
  it('have nothing left to do the second time', async () => {
    expect(await database.migrate()).toEqual([]);
  });

  it.skipIf(postgresUrl === null)('are applied once by processes that start at the same time and live on', async () => {
    const admin = await openPostgres(`${postgresUrl}/postgres`, 1);
    const name = `started_together_on_${database.engine}`; // both engines' runs share one server
    await admin.execScript(`create database ${name}`);
    await admin.close();
    const processes = await Promise.all([1, 2].map(() => openPostgres(`${postgresUrl}/${name}`, 3)));
    const applied = await Promise.all(processes.map((one) => one.migrate()));
    await Promise.all(processes.map((one) => one.close()));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  });

  it('begin with the engine where one was left half-done', async () => {
    const half = await openPglite(null);
    await half.migrate();
    await half.execScript('update _prisma_migrations set finished_at = null');
    await expect(half.migrate()).rejects.toThrow(/failed migrations/);
    await half.close();
  });
});
