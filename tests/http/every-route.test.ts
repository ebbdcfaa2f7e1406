import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../../backend/http/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

const TAGS = ['Leads', 'Opportunities', 'Accounts', 'Contacts', 'Pipelines', 'Boards', 'Activities', 'Tasks'];

let crm: Crm;
let admin: CheckedClient;
let nobody: CheckedClient;
let routes: AnyRoute[] = [];

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  nobody = await crm.withRole({});
  routes = crm.runtime.app.routes.filter(({ tag }) => TAGS.includes(tag));
});
afterAll(() => crm?.close());

const addressOf = (route: AnyRoute, id = NOBODY) => route.path.replace(/:\w+/g, id);
const nameOf = (route: AnyRoute) => `${route.method} ${route.path}`;

/** Calls each route and compares what it answered with what it should have. */
async function expectEach(
  chosen: readonly AnyRoute[],
  expected: (route: AnyRoute) => number,
  call: (route: AnyRoute) => Promise<{ status: number }>,
): Promise<void> {
  expect(chosen.length).toBeGreaterThan(0);
  const wanted = chosen.map((route) => [nameOf(route), expected(route)]);
  const answered: [string, number][] = [];
  for (const route of chosen) answered.push([nameOf(route), (await call(route)).status]);
  expect(answered).toEqual(wanted);
}

describe('every route of the CRM', () => {
  it('is there', () => {
    expect(routes.map(({ tag }) => tag)).toEqual(expect.arrayContaining(TAGS));
    expect(routes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('turns strangers away before it looks at anything', async () => {
    await expectEach(
      routes,
      () => 401,
      (route) =>
        crm.anonymous.call(route.method.toUpperCase(), addressOf(route), { headers: { 'X-SalesPulse-Request': '1' } }),
    );
  });

  it('turns roles away that lack its permission', async () => {
    const guarded = routes.filter(({ access }) => access !== 'signed-in');
    await expectEach(
      guarded,
      () => 403,
      (route) => nobody.call(route.method.toUpperCase(), addressOf(route)),
    );
  });

  it('does not know records that are not there, nor ids that are none', async () => {
    const withId = routes.filter(
      ({ path, method }) => path.includes(':id') && (method === 'get' || method === 'delete'),
    );
    for (const id of [NOBODY, 'nonsense', '%00', "'"]) {
      await expectEach(
        withId,
        () => 404,
        (route) => admin.call(route.method.toUpperCase(), addressOf(route, id)),
      );
    }
    const withBody = routes.filter(({ body, path }) => body && path.includes(':id'));
    await expectEach(
      withBody,
      () => 404,
      (route) => admin.call(route.method.toUpperCase(), addressOf(route, 'nonsense'), { body: {} }),
    );
  });

  it('refuses fields and parameters it does not know', async () => {
    const withQuery = routes.filter(({ query }) => query);
    for (const route of withQuery) {
      const refused = await admin.get(`${addressOf(route)}?flavour=mild`);
      expect([nameOf(route), refused.status, pointersOf(refused)]).toEqual([nameOf(route), 422, ['/query/flavour']]);
    }
    for (const route of routes.filter(({ body }) => body)) {
      const refused = await admin.call(route.method.toUpperCase(), addressOf(route), { body: { flavour: 'mild' } });
      expect([nameOf(route), refused.status]).toEqual([nameOf(route), 422]);
      expect([nameOf(route), pointersOf(refused)]).toEqual([nameOf(route), expect.arrayContaining(['/flavour'])]);
    }
  });

  it('refuses bodies that are no objects', async () => {
    const withBody = routes.filter(({ body }) => body);
    for (const body of ['[]', 'null', '"text"', '7']) {
      const headers = { 'Content-Type': 'application/json' };
      await expectEach(
        withBody,
        () => 422,
        (route) => admin.call(route.method.toUpperCase(), addressOf(route), { body, headers }),
      );
    }
  });

  it('wants the header of the console with every write by cookie', async () => {
    const writes = routes.filter(({ method }) => method !== 'get');
    await expectEach(
      writes,
      () => 403,
      (route) => admin.call(route.method.toUpperCase(), addressOf(route), { headers: { 'X-SalesPulse-Request': '' } }),
    );
  });

  it('is in the OpenAPI document with what it takes and answers', async () => {
    const { body } = await admin.get<{ openapi: string; paths: Record<string, Record<string, { responses: object }>> }>(
      '//api/openapi.json',
    );
    expect(body.openapi).toMatch(/^3\.1/);
    for (const route of routes) {
      const operation = body.paths[`/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[route.method];
      expect([nameOf(route), Object.keys(operation?.responses ?? {})]).toEqual([
        nameOf(route),
        [...Object.keys(route.responses), 'default'],
      ]);
    }
  });
});
