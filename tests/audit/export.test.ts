import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../backend/contracts/administration.ts';
import { sql } from '../../backend/db/index.ts';
import type { TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const ENTRIES = 2345; // more than two batches

let server: TestServer;
let admin: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  await server.database.sql.rows(sql`
    insert into audit_entry (at, actor_id, actor_kind, action, entity, before, after, request_id)
    select '2021-05-05T12:00:00Z'::timestamptz + (n / 3) * interval '1 second', ${server.company.users.rep}::uuid, 'user',
      'export.tested', 'thing', json_build_object('n', n, 'same', 1), json_build_object('n', n + 1, 'same', 1), 'request-' || n
    from generate_series(1, ${ENTRIES}::int) n`);
});
afterAll(() => server?.close());

const csv = (text: string) =>
  parse(text, { bom: true, columns: true, relax_quotes: false, record_delimiter: '\r\n' }) as Record<string, string>[];

describe('the export of the audit log', () => {
  it('holds every entry that passes the filters, newest first, once each', async () => {
    const answer = await admin.get<string>('/audit/export?action=export.tested');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    const rows = csv(answer.body);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'at',
      'actor',
      'actor kind',
      'action',
      'entity',
      'entity id',
      'name',
      'changed fields',
      'before',
      'after',
      'request id',
    ]);
    expect(rows).toHaveLength(ENTRIES);
    expect(new Set(rows.map((row) => row['request id'])).size).toBe(ENTRIES);
    expect(rows.map((row) => row.at)).toEqual(
      rows
        .map((row) => row.at)
        .toSorted()
        .reverse(),
    );
    expect(rows.find((row) => row['request id'] === 'request-7')).toMatchObject({
      actor: 'Rolf Rep',
      'actor kind': 'user',
      entity: 'thing',
      'changed fields': 'n',
      before: '{"n": 7, "same": 1}'.replaceAll(': ', ':').replaceAll(', ', ','),
    });
  });

  it('is itself written down, with its filters', async () => {
    await admin.get('/audit/export?action=export.tested&to=2021-12-31');
    const { body } = await admin.get<{ items: AuditEntry[] }>('/audit?action=audit.exported&limit=1');
    expect(body.items[0]).toMatchObject({
      actor: { name: 'Ada Admin' },
      entity: 'audit',
      after: { filters: { action: 'export.tested', to: '2021-12-31' } },
    });
  });

  it('runs nothing in a spreadsheet', async () => {
    await server.database.sql.rows(sql`
      insert into audit_entry (actor_kind, action, entity, entity_id, after)
      values ('user', 'formula.tested', 'thing', '=cmd|calc', json_build_object('name', '=HYPERLINK("http://x","a")' || chr(13) || chr(10) || 'b'))`);
    const { body } = await admin.get<string>('/audit/export?action=formula.tested');
    const [row] = csv(body);
    expect(row?.['entity id']).toBe("'=cmd|calc");
    expect(row?.name).toBe('\'=HYPERLINK("http://x","a")\r\nb');
  });

  it('refuses wrong filters before it begins', async () => {
    expect((await admin.get('/audit/export?from=2021-01-02&to=2021-01-01')).status).toBe(422);
    expect((await admin.get('/audit/export?limit=5')).status).toBe(422);
  });
});
