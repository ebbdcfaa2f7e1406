import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { AnyRoute } from '../../backend/http/index.ts';
import { expectations } from './expectations/index.ts';
import { type Request, requestOf, send } from './support/ask.ts';
import type { Caller } from './support/callers.ts';
import type { Expectation } from './support/expectation.ts';
import { MARKER, modelFields, nastyFields, withFields } from './support/model-fields.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let writes: { route: AnyRoute; expected: Expectation }[];
let callers: Caller[];
const fields = [...modelFields(), ...nastyFields];

beforeAll(async () => {
  world = await startWorld();
  writes = world.server.runtime.app.routes.flatMap((route) => {
    const expected = expectations[route.operationId];
    return route.method === 'get' || !expected ? [] : [{ route, expected }];
  });
  callers = world.callers.filter(({ name }) => name === 'admin' || name === 'rep');
});
afterAll(() => world?.close());

/** The fields that a body really has, of all its alternatives. */
function ownFields(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const { shape, options } = schema as { shape?: object; options?: z.ZodType[] };
  return [...Object.keys(shape ?? {}), ...(options ?? []).flatMap(ownFields)];
}

interface Outcome {
  status: number;
  pointers: string[];
  wrong: string[];
}

/** Sends it, takes back what it changed, and says what of it was taken over that should not have been. */
async function attempt(caller: Caller, request: Request): Promise<Outcome> {
  const reply = await send(caller.client, request);
  const written = await world.log.undo();
  const wrong = reply.status >= 400 ? unwanted(written) : [];
  if (reply.status >= 500) wrong.push(`answered ${reply.status}`);
  for (const { table, row } of written)
    if (JSON.stringify(row).includes(MARKER)) wrong.push(`took it over into ${table}`);
  const { errors = [] } = reply.type.includes('problem')
    ? (JSON.parse(reply.text) as { errors?: { pointer: string }[] })
    : {};
  return { status: reply.status, pointers: errors.map(({ pointer }) => pointer), wrong };
}

/** What came of sending `names` with the body of the expectation. */
async function smuggle(
  caller: Caller,
  route: AnyRoute,
  expected: Expectation,
  names: readonly string[],
): Promise<string[]> {
  const one = { caller, owner: caller.person };
  const base = expected.body?.(world, one) ?? {};
  if (typeof base === 'string') return [];
  const request = { ...requestOf(world, route, expected, one), body: withFields(base as object, names) };
  const { status, pointers, wrong } = await attempt(caller, request);
  const isOpen = status === 401 || status === 403 || status === 404 || !route.body;
  const missing = isOpen ? [] : names.filter((name) => !pointers.includes(`/${name}`));
  if (missing.length > 0 && names.length > 1 && status === 422) {
    // The alternatives of a body are refused as a whole: then each field shows alone what becomes of it.
    for (const name of missing) wrong.push(...(await smuggle(caller, route, expected, [name])));
  } else if (missing.length > 0 && status !== 422) {
    wrong.push(`answered ${status} with ${missing.slice(0, 9)}`);
  }
  return wrong.map((problem) => `${caller.name} ${route.method} ${route.path}: ${problem}`);
}

describe('a field that an endpoint does not name', () => {
  it('is known to this test from every model', () => {
    expect(fields).toEqual(
      expect.arrayContaining(['passwordHash', 'roleId', 'isBuiltIn', 'totpSealed', 'keyHash', 'ownerId']),
    );
    expect(fields.length).toBeGreaterThan(200);
  });

  it('is refused by name on every write, or without any effect', async () => {
    const wrong: string[] = [];
    for (const { route, expected } of writes) {
      const known = ownFields(route.body);
      const names = fields.filter((name) => !known.includes(name));
      for (const caller of callers) wrong.push(...(await smuggle(caller, route, expected, names)));
    }
    expect(wrong).toEqual([]);
  }, 900_000);

  it('is refused inside of what a body holds, too', async () => {
    const money = { amount: '1', currency: 'EUR' };
    const nested: [string, (bad: string) => string, string][] = [
      ['/leads', (bad) => `{"name":"A","value":{"amount":"1","currency":"EUR",${bad}}}`, '/value'],
      ['/opportunities', (bad) => `{"name":"A","amount":{"amount":"1","currency":"EUR",${bad}}}`, '/amount'],
      ['/leads/:id/convert', (bad) => `{"opportunity":{"name":"A",${bad}}}`, '/opportunity'],
      ['/leads/:id/convert', (bad) => `{"account":{"name":"A",${bad}}}`, '/account'],
      [
        '/opportunities/:id/win',
        (bad) => `{"lines":[{"product":null,"amount":${JSON.stringify(money)},${bad}}]}`,
        '/lines/0',
      ],
      ['/leads', (bad) => `{"name":"A","custom":{${bad}}}`, '/custom'],
      ['/accounts', (bad) => `{"name":"A","custom":{${bad}}}`, '/custom'],
      ['/roles', (bad) => `{"name":"A","permissions":{${bad}}}`, '/permissions'],
      ['/api-keys', (bad) => `{"name":"A","expiresOn":"2026-12-01","permissions":{${bad}}}`, '/permissions'],
      [
        '/embed/clients',
        (bad) => `{"name":"A","allowedOrigins":["https://a.example"],"key":{"kind":"hs256",${bad}}}`,
        '/key',
      ],
      [
        '/identity-providers',
        (bad) =>
          `{"name":"A","issuer":"http://127.0.0.1:9/","clientId":"a","roleMapping":[{"value":"x","roleId":"${world.recordOf('role', null)}",${bad}}]}`,
        '/roleMapping/0',
      ],
    ];
    const wrong: string[] = [];
    const [admin] = callers;
    for (const [path, bodyWith, place] of nested) {
      const found = writes.find(({ route }) => route.path === path && route.method === 'post');
      expect([path, found !== undefined]).toEqual([path, true]);
      for (const name of ['role', 'ownerId', 'version', 'isAdmin', '__proto__', 'constructor', 'toString']) {
        if (!found || !admin) continue;
        const request = requestOf(world, found.route, found.expected, { caller: admin, owner: 'rep' });
        const body = bodyWith(`${JSON.stringify(name)}:"${MARKER}"`);
        const { status, pointers, wrong: bad } = await attempt(admin, { ...request, body });
        const isNamed = pointers.some((pointer) => pointer.startsWith(place));
        wrong.push(...bad.map((problem) => `${path} ${place}/${name}: ${problem}`));
        // Dictionaries drop `__proto__` as they are read; it must come to nothing.
        const isDropped = name === '__proto__' && status === 201;
        if (!isDropped && (status !== 422 || !isNamed))
          wrong.push(`${path} ${place}/${name}: answered ${status} about ${pointers}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 900_000);
});
