import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';

interface Row {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  value?: { amount: string } | null;
  amount?: { amount: string } | null;
  expectedCloseOn?: string | null;
}

let crm: Crm;
let admin: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

const recordSorts = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name'];
const lists = {
  leads: { table: 'lead', sorts: [...recordSorts, '-value'] },
  opportunities: { table: 'opportunity', sorts: [...recordSorts, '-amount', 'expectedCloseOn'] },
  accounts: { table: 'account', sorts: ['name', '-createdAt'] },
  contacts: { table: 'contact', sorts: ['name', '-createdAt'] },
} as const;
type ListName = keyof typeof lists;

/** What a list is ordered by, as something JavaScript compares alike; null where nothing is there. */
const keys: Record<string, (row: Row) => string | number | null> = {
  createdAt: (row) => Date.parse(row.createdAt),
  updatedAt: (row) => Date.parse(row.updatedAt),
  name: (row) => row.name,
  value: (row) => (row.value ? Number(row.value.amount) : null),
  amount: (row) => (row.amount ? Number(row.amount.amount) : null),
  expectedCloseOn: (row) => row.expectedCloseOn ?? null,
};

// Few different values, so that ties are the rule; moments differ by what the wire can just tell apart.
const seed = fc.record({
  name: fc.constantFrom('Ada', 'Bob', 'Cem', '%_\\', "O'Neil", '"'),
  amount: fc.constantFrom(null, '0', '10.5', '9', '100'),
  day: fc.constantFrom(null, '2026-01-31', '2026-02-01', '2031-12-31'),
  at: fc.constantFrom('2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00.002Z', '2025-12-31T23:59:59Z'),
});
interface Seed {
  name: string;
  amount: string | null;
  day: string | null;
  at: string;
}
const alike = (count: number): Seed[] =>
  Array.from({ length: count }, () => ({ name: 'Ada', amount: '1', day: null, at: '2026-01-01T00:00:00Z' }));

async function fill(name: ListName, rows: readonly Seed[]): Promise<void> {
  const { database, pipelines, stages } = crm;
  await database.execScript(`delete from ${lists[name].table}`);
  const json = JSON.stringify(rows);
  const from = `from jsonb_to_recordset($1::jsonb) as x(name text, amount numeric, day date, at timestamptz)`;
  const shared = `name, created_at, updated_at`;
  const moments = `x.name, x.at, x.at + interval '1 day'`;
  const inserts: Record<ListName, string> = {
    leads: `insert into lead (${shared}, value, value_base, currency_code, pipeline_id, stage_id)
      select ${moments}, x.amount, x.amount, 'EUR', '${pipelines.lead}', '${stages.lead.New}' ${from}`,
    opportunities: `insert into opportunity (${shared}, amount, amount_base, expected_close_on, currency_code, pipeline_id, stage_id)
      select ${moments}, x.amount, x.amount, x.day, 'EUR', '${pipelines.opportunity}', '${stages.opportunity.Discovery}' ${from}`,
    accounts: `insert into account (${shared}, name_key) select ${moments}, x.name ${from}`,
    contacts: `insert into contact (${shared}) select ${moments} ${from}`,
  };
  await database.executeSql(inserts[name], [json]);
}

/** Follows `nextCursor` to the end. */
async function walk(path: string, query: string, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await admin.get<Page<Row>>(`/${path}?${query}&limit=${limit}${after}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    rows.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null && rows.length < 1000);
  return rows;
}

function expectOrder(rows: readonly Row[], sort: string): void {
  const key = keys[sort.replace('-', '')];
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    if (!key || !next) break;
    const [a, b] = [key(row), key(next)];
    if (a === null) expect(b, `${sort}: rows without a value are last`).toBeNull();
    if (a === null || b === null || a === b) continue;
    if (sort === 'name') continue; // the database's collation decides
    expect(a < b, `${sort}: ${a} before ${b}`).toBe(!sort.startsWith('-'));
  }
}

describe.each(Object.entries(lists))('paging of %s', (name, { sorts }) => {
  it('shows every row exactly once in every order, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seed, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (rows, limit) => {
          await fill(name as ListName, rows);
          for (const sort of sorts) {
            const whole = await walk(name, `sort=${sort}`, 200);
            expect(whole).toHaveLength(rows.length);
            expectOrder(whole, sort);
            const paged = await walk(name, `sort=${sort}`, limit);
            expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('loses nothing that stays when rows come and go between pages', async () => {
    await fill(name as ListName, alike(6));
    const all = await walk(name, 'sort=-createdAt', 200);
    const first = (await admin.get<Page<Row>>(`/${name}?limit=2&sort=-createdAt`)).body;
    await admin.delete(`/${name}/${all[1]?.id}`);
    await admin.post(`/${name}`, { name: 'New' });
    const rest: Row[] = [];
    for (let cursor = first.nextCursor; cursor; ) {
      const page = (await admin.get<Page<Row>>(`/${name}?limit=2&sort=-createdAt&cursor=${cursor}`)).body;
      rest.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(rest.map(({ id }) => id)).toEqual(all.slice(2).map(({ id }) => id));
  });

  it('counts when asked, all pages together', async () => {
    await fill(name as ListName, [
      { name: 'Ada', amount: null, day: null, at: '2026-01-01T00:00:00Z' },
      { name: 'Bob', amount: null, day: null, at: '2026-01-01T00:00:00Z' },
    ]);
    const first = (await admin.get<Page<Row>>(`/${name}?count=true&limit=1`)).body;
    expect(first.total).toBe(2);
    expect((await admin.get<Page<Row>>(`/${name}?count=true&limit=1&cursor=${first.nextCursor}`)).body.total).toBe(2);
    expect((await admin.get<Page<Row>>(`/${name}?count=true&q=bob`)).body.total).toBe(1);
    expect((await admin.get<Page<Row>>(`/${name}?count=false`)).body).not.toHaveProperty('total');
  });

  it('refuses cursors that are not its own', async () => {
    await fill(name as ListName, alike(3));
    const { nextCursor } = (await admin.get<Page<Row>>(`/${name}?sort=name&limit=1`)).body;
    const others = (Object.keys(lists) as ListName[]).filter((other) => other !== name);
    const refusals = [
      await admin.get(`/${name}?sort=-createdAt&cursor=${nextCursor}`),
      ...(await Promise.all(others.map((other) => admin.get(`/${other}?sort=name&cursor=${nextCursor}`)))),
      await admin.get(`/${name}?cursor=nonsense`),
      await admin.get(`/${name}?cursor=`),
      await admin.get(`/${name}?sort=name&cursor=${Buffer.from('["name","Ada"]').toString('base64url')}`),
      await admin.get(`/${name}?sort=name&cursor=${Buffer.from('{}').toString('base64url')}`),
      await admin.get(`/${name}?cursor=${'x'.repeat(2000)}`),
    ];
    for (const refused of refusals) expect([refused.status, pointersOf(refused)]).toEqual([422, ['/query/cursor']]);
    const [order] = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify([order, 'Ada', "'; drop table lead"])).toString('base64url');
    expect((await admin.get(`/${name}?sort=name&cursor=${forged}`)).status).toBe(422);
  });

  it('refuses what it does not know', async () => {
    const refused = await admin.get(`/${name}?sort=secret&limit=0&count=maybe&colour=red`);
    expect([refused.status, pointersOf(refused)]).toEqual([
      422,
      ['/query/colour', '/query/count', '/query/limit', '/query/sort'],
    ]);
    for (const query of ['limit=201', 'limit=1.5', 'limit=x', 'limit=1&limit=2', `q=${'x'.repeat(201)}`]) {
      expect([query, (await admin.get(`/${name}?${query}`)).status]).toEqual([query, 422]);
    }
  });
});

describe('search', () => {
  it('takes every character for itself', async () => {
    const names = ['50% off', '50 of', 'a_b', 'acb', 'back\\slash', "O'Neil", 'say "hi"', 'Größe', 'x'];
    await crm.database.execScript(
      'delete from lead; delete from account; delete from contact; delete from opportunity',
    );
    for (const path of Object.keys(lists)) for (const name of names) await admin.post(`/${path}`, { name });
    const expected = {
      '%': ['50% off'],
      _: ['a_b'],
      '\\': ['back\\slash'],
      "'": ["O'Neil"],
      '"': ['say "hi"'],
      GRÖSSE: [],
      größe: ['Größe'],
      'o%f': [],
      ' X ': ['x'],
    };
    for (const path of Object.keys(lists)) {
      for (const [q, found] of Object.entries(expected)) {
        const { body } = await admin.get<Page<Row>>(`/${path}?count=true&q=${encodeURIComponent(q)}`);
        expect([path, q, body.items.map(({ name }) => name), body.total]).toEqual([path, q, found, found.length]);
      }
      expect((await admin.get<Page<Row>>(`/${path}?q=`)).body.items).toHaveLength(names.length);
      expect((await admin.get(`/${path}?q=%00`)).status).toBe(422);
    }
  });

  it('looks where people expect it to', async () => {
    const lead = await crm.addLead('admin', {
      name: 'Anna',
      company: 'Quark Ltd',
      email: 'anna@strange.example',
      phone: '+1 555',
    });
    const account = await crm.addAccount('admin', { name: 'Charm Ltd', domain: 'charm.example' });
    const deal = await crm.addOpportunity('admin', { name: 'Deal', accountId: account.id });
    const contact = await crm.addContact('admin', { name: 'Cleo', email: 'cleo@beauty.example', phone: '+2 777' });
    const ids = async (path: string, q: string) =>
      (await admin.get<Page<Row>>(`/${path}?q=${encodeURIComponent(q)}&count=true`)).body.items.map(({ id }) => id);
    for (const q of ['quark', 'STRANGE', '+1 5']) expect([q, await ids('leads', q)]).toEqual([q, [lead.id]]);
    expect(await ids('opportunities', 'charm')).toEqual([deal.id]);
    expect(await ids('accounts', 'charm.ex')).toEqual([account.id]);
    for (const q of ['beauty', '+2 7']) expect([q, await ids('contacts', q)]).toEqual([q, [contact.id]]);
  });
});

describe('filters', () => {
  it('mean any of their values, and all filters together', async () => {
    await crm.database.execScript('delete from lead; delete from opportunity');
    const { users, teams } = crm.company;
    const { New, Qualified } = crm.stages.lead;
    const a = await crm.addLead('admin', { name: 'a', source: 'Web', segment: 'SMB', ownerId: users.rep });
    const b = await crm.addLead('admin', { name: 'b', source: 'Fair, big', segment: 'SMB', ownerId: users.stranger });
    const c = await crm.addLead('admin', { name: 'c', stageId: Qualified });
    const names = async (query: string) =>
      (await admin.get<Page<Row>>(`/leads?sort=name&count=true&${query}`)).body.items.map(({ name }) => name).join('');
    expect(await names('source=Web&source=Fair%2C%20big')).toBe('ab');
    expect(await names('source=')).toBe('c');
    expect(await names(`segment=SMB&owner=${users.rep}`)).toBe('a');
    expect(await names('owner=me')).toBe('c');
    expect(await names(`owner=me&owner=${users.stranger}`)).toBe('bc');
    expect(await names(`team=${teams.North}`)).toBe('a');
    expect(await names(`team=${teams.North}&team=${teams.South}`)).toBe('ab');
    expect(await names(`stage=${New}`)).toBe('ab');
    expect(await names(`stage=${New}&stage=${Qualified}&q=c`)).toBe('c');
    expect([a.source, b.source, c.source]).toEqual(['Web', 'Fair, big', null]);
    expect((await admin.get('/leads?owner=you')).status).toBe(422);
    expect((await admin.get('/leads?account=x')).status).toBe(422);
  });

  it('find the opportunities and contacts of an account', async () => {
    const account = await crm.addAccount('admin', { name: 'Acme' });
    const deal = await crm.addOpportunity('admin', { name: 'Of Acme', accountId: account.id });
    await crm.addOpportunity('admin', { name: 'Of nobody' });
    const contact = await crm.addContact('admin', { name: 'At Acme', accountId: account.id });
    const ids = async (path: string) => (await admin.get<Page<Row>>(`/${path}?count=true&account=${account.id}`)).body;
    expect(await ids('opportunities')).toMatchObject({ total: 1, items: [{ id: deal.id }] });
    expect(await ids('contacts')).toMatchObject({ total: 1, items: [{ id: contact.id }] });
  });
});
