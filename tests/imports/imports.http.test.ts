import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { ImportPreview, ImportRun } from '../../backend/contracts/imports.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import { sql } from '../../backend/db/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const FILE =
  'Deal ID,Deal Name,Deal Stage,Close Date,Amount,Owner\nD1,Big one,Won,2026-02-01,100,Rolf Rep\nD2,Small one,Won,,5,Rolf Rep\n';
const BYTES = { 'Content-Type': 'application/octet-stream' };

const upload = async <Body = ImportPreview>(text: string, query = 'entity=opportunities&fileName=deals.csv') =>
  (await server.as('admin')).call<Body>('POST', `/imports?${query}`, { body: Buffer.from(text), headers: BYTES });

async function ended(id: string): Promise<ImportRun> {
  const admin = await server.as('admin');
  return vi.waitFor(
    async () => {
      const { body } = await admin.get<ImportRun>(`/imports/${id}`);
      if (body.state === 'running' || body.state === 'uploaded') throw new Error(`still ${body.state}`);
      return body;
    },
    { timeout: 60_000, interval: 100 },
  );
}

describe('POST imports', () => {
  it('is for people who may import', async () => {
    const options = { body: Buffer.from(FILE), headers: BYTES };
    const path = '/imports?entity=opportunities&fileName=deals.csv';
    expect((await server.anonymous.call('POST', path, options)).status).toBe(401);
    for (const person of ['manager', 'rep', 'viewer'] as const) {
      expect((await (await server.as(person)).call('POST', path, options)).status).toBe(403);
    }
  });

  it('answers how the file would be read', async () => {
    const { status, body } = await upload(FILE);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      entity: 'opportunities',
      fileName: 'deals.csv',
      encoding: 'utf-8',
      delimiter: ',',
      mapping: {
        'Deal ID': 'id',
        'Deal Name': 'name',
        'Deal Stage': 'stage',
        'Close Date': 'closedOn',
        Amount: 'amount',
        Owner: 'owner',
      },
      problems: [],
    });
    expect(body.columns[1]).toEqual({ name: 'Deal Name', samples: ['Big one', 'Small one'] });
    const again = await (await server.as('admin')).get<ImportPreview>(`/imports/${body.id}/preview`);
    expect(again.body).toEqual(body);
  });

  it('offers both readings of dates that are not clear', async () => {
    const { body } = await upload('Deal Name,Close Date\nA,03/04/2026\n');
    expect(body.problems).toEqual([expect.stringContaining('can be read in two ways (03/04/2026)')]);
    expect(body.fields.map(({ key }) => key)).toEqual(expect.arrayContaining(['closedOn:D/M/Y', 'closedOn:M/D/Y']));
  });

  it('refuses broken and empty files and keeps nothing of them', async () => {
    const count = () => server.database.sql.first(sql`select count(*)::int as n from import_run`);
    const before = await count();
    for (const text of ['', 'a,b\n', 'a,b\n"x', 'a,b\n"x"y,1\n']) {
      const { status, body } = await upload<Problem>(text);
      expect(status).toBe(422);
      expect(body.code).toBe('invalid');
    }
    expect((await upload<Problem>(FILE, 'entity=invoices&fileName=x.csv')).status).toBe(422);
    expect(await count()).toEqual(before);
  });

  it('refuses more than 200 MiB before reading it', async () => {
    const { credential } = await server.as('admin');
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${server.url}/api/v1/imports?entity=sales&fileName=x.csv`, {
        method: 'POST',
        headers: {
          ...credential,
          ...BYTES,
          'X-SalesPulse-Request': '1',
          'Content-Length': String(200 * 1024 * 1024 + 1),
        },
      });
      sent.once('response', (response) => resolve(response.statusCode));
      sent.once('error', reject);
      sent.write('a,b\n');
    });
    expect(status).toBe(413);
  });
});

describe('POST imports/{id}/run', () => {
  it('tries, brings in, lists refused rows, and does so once', async () => {
    const admin = await server.as('admin');
    const { body: preview } = await upload(FILE);
    const path = `/imports/${preview.id}`;

    const tried = await admin.post<{ job: Job }>(`${path}/run`, { mapping: preview.mapping, dryRun: true });
    expect(tried.status).toBe(202);
    expect(tried.body.job).toMatchObject({ kind: 'import.run' });
    expect(await ended(preview.id)).toMatchObject({ state: 'done', isDryRun: true, rows: 2, created: 1, rejected: 1 });
    expect(await server.database.sql.rows(sql`select name from opportunity`)).toEqual([]);

    expect((await admin.post(`${path}/run`, {})).status).toBe(202);
    const run = await ended(preview.id);
    expect(run).toMatchObject({ state: 'done', isDryRun: false, created: 1, rejected: 1, error: null });
    expect(run.references.users).toMatchObject({ matched: 1, created: [] });
    const kept = await server.database.sql.rows(sql`
      select o.name, o.owner_id::text as owner, s.amount::float8 as sold from opportunity o join sale s on s.opportunity_id = o.id`);
    expect(kept).toEqual([{ name: 'Big one', owner: server.company.users.rep, sold: 100 }]);

    const errors = await admin.get(`${path}/errors?count=true`);
    expect(errors.body).toEqual({
      items: [{ row: 3, column: 'Close Date', reason: 'is empty; a won opportunity needs its close date' }],
      nextCursor: null,
      total: 1,
    });
    const csv = await admin.get<string>(`${path}/errors.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toContain('deals-refused-rows.csv');
    expect(csv.body).toContain('D2,Small one,Won,,5,Rolf Rep');

    expect((await admin.post<Problem>(`${path}/run`, {})).status).toBe(409);
    expect((await admin.get<Problem>(`${path}/preview`)).status).toBe(409);
    const list = await admin.get<{ items: ImportRun[]; nextCursor: string | null }>('/imports?limit=1');
    expect(list.body.items[0]?.id).toBe(preview.id);
    const next = await admin.get<{ items: ImportRun[] }>(`/imports?limit=1&cursor=${list.body.nextCursor}`);
    expect(next.body.items[0]?.id).not.toBe(preview.id);
  }, 90_000);

  it('refuses a mapping that names what is not there', async () => {
    const admin = await server.as('admin');
    const { body: preview } = await upload(FILE);
    const answer = await admin.post<Problem>(`/imports/${preview.id}/run`, {
      mapping: { Nope: 'id', Amount: 'money' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(['/mapping', '/mapping']);
    expect((await admin.post('/imports/01a20409-623e-7150-a405-64edf22dd45a/run', {})).status).toBe(404);
    expect((await (await server.as('rep')).post(`/imports/${preview.id}/run`, {})).status).toBe(403);
  });
});
