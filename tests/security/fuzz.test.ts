import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from './support/ask.ts';
import { createConformance } from './support/conformance.ts';
import { type ApiDocument, type Draft, requests } from './support/fuzz-requests.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { owners, startWorld, type World } from './support/world.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

let world: World;
let document: ApiDocument;
let ids: string[];

beforeAll(async () => {
  world = await startWorld();
  const answer = await world.server.anonymous.get<ApiDocument>('//api/openapi.json');
  document = answer.body;
  const kinds = ['lead', 'opportunity', 'account', 'contact', 'task', 'sale', 'user', 'job'] as const;
  const singles = ['product', 'import', 'embedClient', 'role', 'team', 'identityProvider', 'apiKey', 'mail'] as const;
  const { lead, opportunity } = world.stages;
  ids = [
    ...kinds.flatMap((kind) => owners.map((owner) => world.recordOf(kind, owner))),
    ...Object.values(lead),
    ...Object.values(opportunity),
    ...singles.map((kind) => world.recordOf(kind, null)),
  ];
});
afterAll(() => world?.close());

const withIds = (text: string) =>
  text.replace(/@id:(\d+)@/g, (_, place: string) => ids[Number(place) % ids.length] ?? '');

/** What is wrong with the answer to this request; nothing: null. */
async function attack(draft: Draft, conforms: ReturnType<typeof createConformance>): Promise<string | null> {
  const caller = world.callers[draft.caller];
  if (!caller) throw new Error(`there is no caller ${draft.caller}`);
  const reply = await send(caller.client, {
    ...draft,
    path: withIds(draft.path),
    body: draft.body === undefined ? undefined : withIds(draft.body),
  });
  const writes = draft.method === 'GET' && reply.status < 300 ? [] : await world.log.undo();
  const wrong = conforms(draft, reply) ?? (reply.status >= 400 ? unwanted(writes).join(', ') : '');
  return wrong ? `${wrong}: ${caller.name} got ${reply.status} ${reply.text.slice(0, 500)}` : null;
}

it(`answers ${RUNS} requests drawn from its own document as the document says (FUZZ_SEED=${SEED})`, async () => {
  const conforms = createConformance(document);
  const property = fc.asyncProperty(requests(document, world.callers.length), async (draft) => {
    expect(await attack(draft, conforms)).toBeNull();
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
}, 1_800_000);
