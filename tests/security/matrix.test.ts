import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../../backend/http/index.ts';
import { expectations } from './expectations/index.ts';
import { requestOf, send } from './support/ask.ts';
import { reaches } from './support/callers.ts';
import { type Case, casesOf, type Expectation, reachOf, statusOf } from './support/expectation.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { owners, startWorld, type World } from './support/world.ts';

let world: World;
let routes: readonly AnyRoute[];
let cases = 0;

beforeAll(async () => {
  world = await startWorld();
  routes = world.server.runtime.app.routes;
});
afterAll(() => world?.close());

/** One case in words: what failed is read off it. */
const tell = ({ caller, owner }: Case, what: string | number) => `${caller.name} on ${owner ?? 'nobody'}'s: ${what}`;

/** The code of a problem, or how the body begins. */
const codeOf = (text: string) => /"detail":"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 60);

/** Calls the route as each case says and answers where it did not do what was expected. */
async function tryAll(route: AnyRoute, expected: Expectation): Promise<string[]> {
  const wrong: string[] = [];
  const shown = new Map<string, string[]>();
  for (const one of casesOf(world, expected)) {
    cases += 1;
    const known = expected.shows && shown.get(one.caller.name);
    const status = statusOf(one, expected);
    if (!known) {
      const reply = await send(one.caller.client, requestOf(world, route, expected, one));
      if (reply.status !== status) wrong.push(tell(one, `${reply.status} instead of ${status} ${codeOf(reply.text)}`));
      const left = route.method === 'get' && !expected.shows ? [] : await world.log.undo();
      if (reply.status >= 400 || route.method === 'get') wrong.push(...unwanted(left).map((write) => tell(one, write)));
      if (reply.status < 300 && expected.shows)
        shown.set(one.caller.name, expected.shows(JSON.parse(reply.text) as never, world));
      if (reply.status < 300 && expected.query?.includes('count=true')) {
        const { items, total } = JSON.parse(reply.text) as { items: unknown[]; total: number };
        if (items.length !== total) wrong.push(tell(one, `counts ${total}, lists ${items.length}`));
      }
    }
    const seen = shown.get(one.caller.name);
    if (status < 300 && seen) wrong.push(...misread(one, expected, seen));
  }
  return wrong;
}

/** Is this owner's record among what was shown just as often as it should be? */
function misread(one: Case, expected: Expectation, seen: readonly string[]): string[] {
  const id = one.owner === null ? '' : world.people[one.owner];
  const times = seen.filter((owner) => owner === id).length;
  const wanted = reaches(reachOf(one.caller, expected), one.caller.person, one.owner) ? 1 : 0;
  return times === wanted ? [] : [tell(one, `shown ${times} times instead of ${wanted}`)];
}

describe('access', () => {
  it('is foretold for every route of the running server, and for nothing else', () => {
    const known = routes.map(({ operationId }) => operationId);
    expect(known.filter((operationId) => !(operationId in expectations))).toEqual([]);
    expect(Object.keys(expectations).filter((operationId) => !known.includes(operationId))).toEqual([]);
  });

  it('is what the table says, for every route, caller and owner; refusals change nothing', async () => {
    const before = await world.log.checksums();
    const wrong: Record<string, string[]> = {};
    for (const route of routes) {
      const expected = expectations[route.operationId];
      const found = expected ? await tryAll(route, expected) : [];
      if (found.length > 0) wrong[`${route.method} ${route.path}`] = found;
    }
    expect(wrong).toEqual({});
    expect(unwanted(await world.log.undo())).toEqual([]);
    const { session: _, sign_in_attempt: __, ...after } = await world.log.checksums();
    expect(before).toMatchObject(after);
    expect(cases).toBeGreaterThanOrEqual(2000);
    expect(owners.length).toBeLessThan(20);
  });
});
