import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute } from '../../backend/http/index.ts';
import { expectations } from './expectations/index.ts';
import { requestOf, send } from './support/ask.ts';
import { reaches } from './support/callers.ts';
import { type Case, casesOf, type Expectation, reachOf, statusOf } from './support/expectation.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { startWorld, type World } from './support/world.ts';

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

/** Does what the case says. Answers what it did wrong, and the body where it was allowed. */
async function tryOne(route: AnyRoute, expected: Expectation, one: Case): Promise<{ wrong: string[]; body: unknown }> {
  const reply = await send(one.caller.client, requestOf(world, route, expected, one));
  const status = statusOf(one, expected);
  const wrong =
    reply.status === status ? [] : [tell(one, `${reply.status} instead of ${status} ${codeOf(reply.text)}`)];
  // What reads wrote is looked for once, after all of them.
  const left = route.method === 'get' ? [] : await world.log.undo();
  if (reply.status >= 400) wrong.push(...unwanted(left).map((write) => tell(one, write)));
  const body: unknown = reply.status === 200 && reply.type.includes('json') ? JSON.parse(reply.text) : null;
  if (body && expected.query?.includes('count=true')) {
    const { items, total } = body as { items: unknown[]; total: number };
    if (items.length !== total) wrong.push(tell(one, `counts ${total}, lists ${items.length}`));
  }
  return { wrong, body };
}

/** Calls the route as each case says, and answers where it did not do what was expected. */
async function tryAll(route: AnyRoute, expected: Expectation): Promise<string[]> {
  const wrong: string[] = [];
  const shown = new Map<string, string[]>();
  for (const one of casesOf(world, expected)) {
    cases += 1;
    const { name } = one.caller;
    // A list is asked for once a caller; what it shows is then looked at for each owner.
    if (!expected.shows || !shown.has(name)) {
      const answer = await tryOne(route, expected, one);
      wrong.push(...answer.wrong);
      if (expected.shows && answer.body) shown.set(name, expected.shows(answer.body as never, world));
    }
    const seen = shown.get(name);
    if (seen) wrong.push(...misread(one, expected, seen));
  }
  const written = unwanted(await world.log.undo());
  return expected.mayWrite ? wrong : [...wrong, ...written];
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
  }, 900_000);
});
