import { describe, expect, it } from 'vitest';
import { type Database, sql } from '../../backend/db/index.ts';
import { databaseForTest } from '../support/database.ts';
import { importText } from './support.ts';

const addField = (
  store: Database,
  key: string,
  type: string,
  more: { options?: string[]; isUnique?: boolean; defaultValue?: unknown; required?: boolean } = {},
) =>
  store.sql.rows(sql`
    insert into custom_field (entity, key, label, type, options, is_unique, default_value, required)
    values ('lead', ${key}, ${key}, ${type}, ${more.options ?? []}::text[], ${more.isUnique ?? false},
      ${JSON.stringify(more.defaultValue ?? null)}::jsonb, ${more.required ?? false})`);
const leads = (store: Database) =>
  store.sql.rows<{ name: string; custom: Record<string, unknown> }>(
    sql`select name, custom from lead where deleted_at is null order by name`,
  );
const errors = (store: Database) =>
  store.sql.rows<{ row: number; column: string; reason: string }>(
    sql`select "row", "column", reason from import_error order by id`,
  );

describe('custom columns of a file', () => {
  it('are read as values of their types, and people found by name or e-mail address', async () => {
    const store = await databaseForTest();
    for (const [key, type, options] of [
      ['memo', 'long-text', []],
      ['seats', 'number', []],
      ['budget', 'money', []],
      ['since', 'date', []],
      ['met', 'date-time', []],
      ['vip', 'boolean', []],
      ['size', 'choice', ['Small', 'Big']],
      ['needs', 'multi-choice', ['Fast', 'Cheap', 'Good']],
      ['site', 'url', []],
      ['billing', 'email', []],
      ['fax', 'phone', []],
      ['advisor', 'user', []],
    ] as const) {
      await addField(store, key, type, { options: [...options] });
    }
    const person = await store.sql.first<{ id: string }>(sql`
      insert into app_user (name, email, role_id) select 'Ada Advisor', 'ada@example.com', id from role limit 1 returning id::text as id`);
    const header = 'Name,memo,seats,budget,since,met,vip,size,needs,site,billing,fax,advisor';
    const row =
      'Ann,"two\nlines",12,"1,234.50",2026-01-31,2026-01-31 09:30,yes,big,good; fast,example.com,A@B.de,+49 30 1234,ada advisor';
    const summary = await importText(store, 'leads', `${header}\n${row}\n`);
    expect([summary.created, await errors(store)]).toEqual([1, []]);
    expect((await leads(store))[0]?.custom).toEqual({
      memo: 'two\nlines',
      seats: 12,
      budget: { amount: '1234.50', currency: 'EUR' },
      since: '2026-01-31',
      met: '2026-01-31T08:30:00.000Z',
      vip: true,
      size: 'Big',
      needs: ['Fast', 'Good'],
      site: 'https://example.com/',
      billing: 'a@b.de',
      fax: '+49 30 1234',
      advisor: person?.id,
    });
    await importText(store, 'leads', 'Name,advisor,needs\nBob,nobody,Slow\nCid,nobody,Fast\n');
    expect((await errors(store)).map(({ row, column }) => [row, column])).toEqual([
      [2, 'needs'],
      [3, 'advisor'],
    ]);
  });

  it('keep what may occur once from occurring twice: within the file, and beside what is there', async () => {
    const store = await databaseForTest();
    await addField(store, 'contract', 'text', { isUnique: true });
    const first = await importText(store, 'leads', 'Lead ID,Name,contract\n1,U1,C-1\n2,U2,c-1\n3,U3,C-3\n');
    expect(first).toMatchObject({ created: 2, rejected: 1 });
    const again = await importText(store, 'leads', 'Lead ID,Name,contract\n1,U1,C-3\n3,U3,C-1\n4,U4,C-1\n');
    expect(again).toMatchObject({ updated: 2, rejected: 1 });
    const held = await store.sql.rows(sql`
      select u.value_key as value, l.name from custom_unique_value u join lead l on l.id = u.record_id order by 1`);
    expect(held).toEqual([
      { value: 'c-1', name: 'U3' },
      { value: 'c-3', name: 'U1' },
    ]);
    const dry = await importText(store, 'leads', 'Lead ID,Name,contract\n9,U9,C-3\n', { isDryRun: true });
    expect(dry).toMatchObject({ created: 0, rejected: 1 });
  });

  it('leave defaults to new records only, and refuse blanks in required columns', async () => {
    const store = await databaseForTest();
    await addField(store, 'tier', 'text', { defaultValue: 'Basic' });
    await importText(store, 'leads', 'Lead ID,Name\nd1,D1\n');
    await store.sql.rows(sql`update lead set custom = '{"tier": "Gold"}' where name = 'D1'`);
    await importText(store, 'leads', 'Lead ID,Name,Company\nd1,D1,Acme\nd2,D2,Acme\n');
    const found = (await leads(store)).filter(({ name }) => name.startsWith('D'));
    expect(found.map(({ custom }) => custom.tier)).toEqual(['Gold', 'Basic']);
    await addField(store, 'must', 'text', { required: true });
    await expect(importText(store, 'leads', 'Name\nE\n')).rejects.toThrow('must');
    expect(await importText(store, 'leads', 'Name,must\nE,\nF,x\n')).toMatchObject({ created: 1, rejected: 1 });
  });
});
