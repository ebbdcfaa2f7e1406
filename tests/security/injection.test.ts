import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../../backend/http/index.ts';
import { expectations } from './expectations/index.ts';
import { escapePart, fill, type Reply, type Request, requestOf, send } from './support/ask.ts';
import { type Caller, reaches } from './support/callers.ts';
import { type Case, type Expectation, reachOf } from './support/expectation.ts';
import type { ApiDocument, Operation } from './support/fuzz-requests.ts';
import { forgedPositions, injections } from './support/injections.ts';
import type { Schema } from './support/schema-values.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { owners, startWorld, type World } from './support/world.ts';

let world: World;
let routes: { route: AnyRoute; operation: Operation; expected: Expectation }[];
let schemas: Record<string, Schema>;
let admin: Caller;
let rep: Caller;

beforeAll(async () => {
  world = await startWorld();
  const { body: document } = await world.server.anonymous.get<ApiDocument>('//api/openapi.json');
  schemas = document.components.schemas ?? {};
  routes = world.server.runtime.app.routes.flatMap((route) => {
    const operation = document.paths[`/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[route.method];
    const expected = expectations[route.operationId];
    return operation && expected ? [{ route, operation, expected }] : [];
  });
  const caller = (name: string) => {
    const found = world.callers.find((one) => one.name === name);
    if (!found) throw new Error(`there is no caller ${name}`);
    return found;
  };
  admin = caller('admin');
  rep = caller('rep');
});
afterAll(() => world?.close());

/** Nothing that a request may get out of the server, whoever sends it. */
const SECRETS =
  /\$2[aby]\$|password_?hash|-----BEGIN|root:x:0|at \/|node_modules|pg_catalog|syntax error|invalid input syntax/i;

/** Sends it, takes back what it changed, and says what is wrong with the answer. */
async function strike(caller: Caller, request: Request, allowed: (status: number) => boolean): Promise<string[]> {
  const reply = await send(caller.client, request);
  // Some questions leave a trace: signing in by a provider, and lists taken along as files.
  const isQuiet = request.method === 'GET' && !/^\/auth\/|\/export\b/.test(request.path);
  const writes = isQuiet ? [] : await world.log.undo();
  const what = `${caller.name} ${request.method} ${request.path.slice(0, 200)} ${request.body?.slice(0, 200) ?? ''}`;
  const wrong = reply.status >= 400 ? unwanted(writes) : [];
  if (reply.status >= 500 || !allowed(reply.status)) wrong.push(`answered ${reply.status} ${reply.text.slice(0, 200)}`);
  if (reply.status >= 400 && SECRETS.test(reply.text)) wrong.push(`tells too much: ${reply.text.slice(0, 300)}`);
  return [...wrong, ...beyondReach(caller, request, reply)].map((problem) => `${what}: ${problem}`);
}

/** Owners in the answer that the caller does not reach. */
function beyondReach(caller: Caller, { method, path }: Request, reply: Reply): string[] {
  const [bare] = path.split('?');
  const found = routes.find(({ route }) => route.method.toUpperCase() === method && route.path === bare);
  if (!found?.expected.shows || reply.status !== 200) return [];
  const mine = owners.filter((owner) => reaches(reachOf(caller, found.expected), caller.person, owner));
  const ids = mine.map((owner) => world.people[owner]);
  if (mine.length === owners.length) ids.push('');
  const seen = found.expected.shows(JSON.parse(reply.text) as never, world);
  const known = Object.values(world.people);
  return seen
    .filter((owner) => (owner === '' || known.includes(owner)) && !ids.includes(owner))
    .map((owner) => `shows records of ${owner || 'nobody'}`);
}

const one = (caller: Caller): Case => ({ caller, owner: caller.person });

let turn = 0;
/** One in `parts` of the corpus, another one each time: that all of it is tried on each route takes too long. */
function some(parts: number): string[] {
  turn += 1;
  return injections.filter((_, place) => (place + turn) % parts === 0);
}

/** The query of the expectation without one parameter, with this text in its place. */
function withQuery(expected: Expectation, name: string, text: string): string {
  const rest = (expected.query ?? '').split('&').filter((pair) => pair && !pair.startsWith(`${name}=`));
  return [...rest, text].join('&');
}

/** What an address without a record answers; ways to a provider lead back to the sign-in page. */
const refusesId = (route: AnyRoute) => (status: number) =>
  status === 404 || status === 400 || (route.path.startsWith('/auth/sso/') && status === 302);

describe('what is sent in place of a value', () => {
  it('does no more in a query parameter than any other value', async () => {
    const wrong: string[] = [];
    let struck = 0;
    const known = new Set<string>();
    for (const { route, operation, expected } of routes) {
      const request = requestOf(world, route, expected, one(rep));
      const [path] = request.path.split('?');
      for (const { name, in: place, schema } of operation.parameters ?? []) {
        if (place !== 'query') continue;
        // The same parameter of another list is the same code: a turning eighth of the corpus tells that it is there.
        const parameter = `${name} ${JSON.stringify(schema)}`;
        const isKnown = known.has(parameter);
        known.add(parameter);
        const shapes = ['[]=x', '[$ne]=x', '[0]=x', '[__proto__][a]=1', '.a=1', '=a&', '=%FF', '=%E0%A4%A', '=%00'];
        const texts = [
          ...injections.map((value) => `${name}=${escapePart(value)}`),
          ...shapes.map((shape) => name + shape),
          `${`${name}=a&`.repeat(300)}`,
        ];
        for (const [index, text] of texts.entries()) {
          if (isKnown && (index + struck) % 8 !== 0) continue;
          struck += 1;
          const query = withQuery(expected, name, text);
          wrong.push(
            ...(await strike(rep, { ...request, path: `${path}?${query}` }, (status) =>
              [200, 302, 400, 403, 415, 422, expected.ok].includes(status),
            )),
          );
        }
      }
    }
    expect(wrong.slice(0, 30)).toEqual([]);
    expect(struck).toBeGreaterThan(2000);
  }, 900_000);

  it('finds nothing in place of an id', async () => {
    const wrong: string[] = [];
    for (const { route, expected } of routes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
      for (const name of names) {
        for (const value of some(4).filter((text) => text !== '')) {
          const request = requestOf(
            world,
            route,
            { ...expected, params: (...all) => ({ ...expected.params?.(...all), [name]: value }) },
            one(admin),
          );
          wrong.push(...(await strike(admin, request, refusesId(route))));
        }
      }
    }
    expect(wrong.slice(0, 30)).toEqual([]);
  }, 900_000);

  it('moves no cursor out of its list', async () => {
    const wrong: string[] = [];
    let cursors = 0;
    for (const { route, operation, expected } of routes) {
      if (!operation.parameters?.some(({ name }) => name === 'cursor')) continue;
      const { path: first } = requestOf(
        world,
        route,
        { ...expected, query: withQuery(expected, 'limit', 'limit=1') },
        one(admin),
      );
      const { text } = await send(admin.client, { method: 'GET', path: first });
      if (!text.startsWith('{')) continue; // a file has no pages
      const { nextCursor } = JSON.parse(text) as { nextCursor: string | null };
      if (nextCursor === null) continue;
      cursors += 1;
      const [sort, ...position] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as unknown[];
      for (const forged of forgedPositions(position)) {
        const cursor = Buffer.from(JSON.stringify([sort, ...forged])).toString('base64url');
        wrong.push(
          ...(await strike(rep, { method: 'GET', path: `${first}&cursor=${cursor}` }, (status) =>
            [200, 403, 404, 422].includes(status),
          )),
        );
        wrong.push(
          ...(await strike(admin, { method: 'GET', path: `${first}&cursor=${cursor}` }, (status) =>
            [200, 422].includes(status),
          )),
        );
      }
    }
    expect(wrong.slice(0, 30)).toEqual([]);
    expect(cursors).toBeGreaterThanOrEqual(10);
  }, 900_000);

  it('breaks nothing in a body', async () => {
    const wrong: string[] = [];
    for (const { route, operation, expected } of routes) {
      const given = operation.requestBody?.content['application/json']?.schema;
      const schema = given?.$ref ? schemas[given.$ref.split('/').pop() ?? ''] : given;
      const base = expected.body?.(world, one(admin));
      for (const name of Object.keys(schema?.properties ?? {})) {
        for (const value of some(12)) {
          const body = JSON.stringify({ ...(base as object), [name]: value });
          wrong.push(
            ...(await strike(
              admin,
              { ...requestOf(world, route, expected, one(admin)), body },
              (status) => status < 500,
            )),
          );
        }
      }
    }
    expect(wrong.slice(0, 30)).toEqual([]);
  }, 900_000);

  it('reaches no file or route by another spelling of the address', async () => {
    const paths = [
      '/../healthz',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//leads',
      '/leads%2f',
      '/LEADS/',
      '/leads;a=b',
      '/leads\\',
      fill('/leads/:id', { id: '..' }),
    ];
    const wrong: string[] = [];
    for (const path of paths)
      wrong.push(...(await strike(rep, { method: 'GET', path }, (status) => [200, 400, 404].includes(status))));
    expect(wrong.slice(0, 30)).toEqual([]);
  }, 900_000);
});
