import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const JSON_TYPE = { 'Content-Type': 'application/json' };
const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  rep.call<Problem>('POST', '/leads', { body, headers });

// That every refusal has the shape of a problem is checked by the client itself.
describe('a refusal', () => {
  it('says what is wrong with a body that cannot be read', async () => {
    for (const body of ['{"name":', '{name:"A"}', "{'name':'A'}", 'name=A', '{"name":"A"}}', '\u0000']) {
      const { status, body: problem } = await post(body);
      expect([body, status, problem.code]).toEqual([body, 400, 'malformed_request']);
    }
  });

  it('says that a body of another type is not taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json']) {
      expect([type, (await post('{"name":"A"}', { 'Content-Type': type })).status]).toEqual([type, 415]);
    }
    for (const type of ['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/merge-patch+json']) {
      expect([type, (await post('{"name":"A"}', { 'Content-Type': type })).status]).toEqual([type, 201]);
    }
  });

  it('says that a body is too large, and reads no further', async () => {
    const limit = 1024 * 1024;
    const padded = (size: number) => `{"name":"A"${' '.repeat(size - '{"name":"A"}'.length)}}`;
    expect((await post(padded(limit))).status).toBe(201);
    expect((await post(padded(limit + 1))).body.code).toBe('too_large');
  });

  it('names all problems at once, by pointers into body and query', async () => {
    const { body } = await post('{"name":"","value":{"amount":1,"currency":"€"},"x":1}');
    expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/name',
      '/value/amount',
      '/value/currency',
      '/x',
    ]);
    expect(body.detail).toBe('The input has 4 problems; each is listed in errors.');
    const one = await post('{"name":"A","email":"x"}');
    expect([one.body.detail, one.body.errors]).toEqual([
      'email: must be an e-mail address.',
      [{ pointer: '/email', message: 'must be an e-mail address' }],
    ]);
    const many = await rep.get<Problem>('/leads?limit=0&sort=best');
    expect(many.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/query/limit', '/query/sort']);
  });

  it.each([
    ['limit=abc', 'limit: must be a number.'],
    ['limit=3&from=2026-01-01&from=2026-01-02', 'from: must be one value, not a list.'],
    ['limit=3', 'from: is missing.'],
  ])('says in words of ours what is of another kind: %s', async (query, detail) => {
    const rest = detail.startsWith('from') ? '' : '&from=2026-01-01';
    const { status, body } = await rep.get<Problem>(
      `/analytics/breakdown?metrics=revenue&by=region&to=2026-01-31&${query}${rest}`,
    );
    expect({ status, detail: body.detail }).toEqual({ status: 422, detail });
  });

  it('is a problem too where there is nothing, or nothing by that method', async () => {
    expect((await rep.get('/nothing')).status).toBe(404);
    expect((await rep.get('//api/nothing')).status).toBe(404);
    expect((await rep.get('/leads/%E0%A4%A')).status).toBe(400);
    const wrong = await rep.call<Problem>('PUT', '/leads', { body: {} });
    expect([wrong.status, wrong.body.code, wrong.headers.get('allow')]).toEqual([
      405,
      'method_not_allowed',
      'GET, POST',
    ]);
    expect((await rep.delete('/leads')).status).toBe(405);
    expect((await rep.post(`/leads/${NOBODY}`, {})).headers.get('allow')).toBe('GET, PATCH, DELETE');
  });

  it('has a code for each kind', async () => {
    const lead = await crm.addLead('rep');
    const kinds = [
      [await crm.anonymous.get<Problem>('/leads'), 'unauthenticated'],
      [await rep.get<Problem>('/leads', { headers: { Authorization: 'Bearer nonsense' } }), 'unauthenticated'],
      [await rep.delete<Problem>(`/leads/${lead.id}`), 'forbidden'],
      [
        await rep.call<Problem>('PATCH', `/leads/${lead.id}`, { body: {}, headers: { 'X-SalesPulse-Request': '' } }),
        'csrf',
      ],
      [await rep.get<Problem>(`/leads/${NOBODY}`), 'not_found'],
      [await rep.patch<Problem>(`/leads/${lead.id}`, {}, { 'If-Match': '"9"' }), 'stale'],
      [await rep.post<Problem>('/leads', {}), 'invalid'],
    ] as const;
    for (const [{ status, body }, code] of kinds) {
      if (code === 'unauthenticated') expect(status).toBe(401);
      else expect(body.code).toBe(code);
    }
  });
});

describe('the request id', () => {
  it('is taken over when harmless, else made, and is in answers, problems and audit rows', async () => {
    const given = 'proxy-1234.abc_DEF';
    const made = await rep.post<Lead>('/leads', { name: 'A' }, { 'X-Request-Id': given });
    expect(made.headers.get('x-request-id')).toBe(given);
    const row = await crm.database.sql.first(sql`select request_id from audit_entry where entity_id = ${made.body.id}`);
    expect(row).toEqual({ request_id: given });
    const refused = await rep.get<Problem>('/nothing', { headers: { 'X-Request-Id': given } });
    expect(refused.body.instance).toBe(given);
    const ids = [];
    for (const bad of ['short', 'x'.repeat(65), 'has space in it', '<script>alert(1)</script>']) {
      const { headers } = await rep.get('/leads', { headers: { 'X-Request-Id': bad } });
      expect(headers.get('x-request-id')).not.toBe(bad);
      ids.push(headers.get('x-request-id'));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});
