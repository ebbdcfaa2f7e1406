import { fc } from '../../support/fast-check.ts';
import { send } from './ask.ts';
import { createConformance } from './conformance.ts';
import { type ApiDocument, type Draft, requests } from './fuzz-requests.ts';
import { personalKinds } from './personal.ts';
import { ownedKinds } from './records.ts';
import { ID_MARK } from './schema-values.ts';
import { unwanted } from './unrelated-writes.ts';
import { owners, startWorld, type World } from './world.ts';

/** A running server that drawn requests are sent to, and the judgement of its answers. */
export interface FuzzWorld {
  drafts: fc.Arbitrary<Draft>;
  /** Sends the request, takes back what it changed, and says what is wrong with the answer; null: nothing. */
  attack(draft: Draft): Promise<string | null>;
  /** by operation: how often each status was answered */
  tally: Map<string, Map<number, number>>;
  close(): Promise<void>;
}

const owned = [...ownedKinds, ...personalKinds, 'user'] as const;
const single = ['product', 'import', 'embedClient', 'role', 'team', 'identityProvider', 'apiKey', 'mail'] as const;
type Kind = (typeof owned)[number] | (typeof single)[number] | 'stage' | 'pipeline';

/** Kinds of records by the names that properties and paths have for them. */
const kindNames: Record<string, Kind> = {
  leads: 'lead',
  opportunities: 'opportunity',
  accounts: 'account',
  parentId: 'team',
  contacts: 'contact',
  tasks: 'task',
  before: 'lead',
  after: 'lead',
  sales: 'sale',
  users: 'user',
  owner: 'user',
  ownerId: 'user',
  assignee: 'user',
  assigneeId: 'user',
  actor: 'user',
  jobs: 'job',
  products: 'product',
  imports: 'import',
  clients: 'embedClient',
  clientId: 'embedClient',
  roles: 'role',
  defaultRoleId: 'role',
  teams: 'team',
  identity_providers: 'identityProvider',
  sso: 'identityProvider',
  api_keys: 'apiKey',
  mails: 'mail',
  sessions: 'session',
  passkeys: 'passkey',
  boards: 'pipeline',
};

function idPools(world: World): Record<string, string[]> {
  const { lead, opportunity } = world.stages;
  const pools: Record<string, string[]> = {
    pipeline: [lead.pipeline, opportunity.pipeline],
    stage: [lead.first, lead.second, opportunity.first, opportunity.second],
  };
  for (const kind of owned) pools[kind] = owners.map((owner) => world.recordOf(kind, owner));
  for (const kind of single) pools[kind] = [world.recordOf(kind, null)];
  pools[''] = Object.values(pools).flat();
  return pools;
}

/** Mostly those who may do much: refusals at the door tell little. */
function callerNumbers(world: World): fc.Arbitrary<number> {
  return fc.oneof(
    ...world.callers.map(({ name, via }, place) => ({
      weight: name === 'admin' ? 40 : via === 'dead' || via === 'nobody' ? 1 : 8,
      arbitrary: fc.constant(place),
    })),
  );
}

export async function startFuzzWorld(): Promise<FuzzWorld> {
  const world = await startWorld();
  const { body: document } = await world.server.anonymous.get<ApiDocument>('//api/openapi.json');
  const pools = idPools(world);
  const conforms = createConformance(document);
  const withIds = (text: string): string =>
    text.replace(ID_MARK, (_, name: string, place: string) => {
      const kind = kindNames[name] ?? name.replace(/Id$/, '');
      const ids = pools[kind] ?? pools[''] ?? [];
      return ids[Number(place) % ids.length] ?? '';
    });
  const tally: FuzzWorld['tally'] = new Map();
  return {
    tally,
    drafts: requests(document, callerNumbers(world)),
    async attack(draft) {
      const caller = world.callers[draft.caller];
      if (!caller) throw new Error(`there is no caller ${draft.caller}`);
      const path = withIds(draft.path);
      const body = draft.body === undefined ? undefined : withIds(draft.body);
      const reply = await send(caller.client, { ...draft, path, body });
      const operation = `${draft.method} ${draft.template}`;
      const counts = tally.get(operation) ?? new Map<number, number>();
      tally.set(operation, counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1));
      const writes = await world.log.undo();
      const wrong = conforms(draft, reply) ?? (reply.status >= 400 ? unwanted(writes).join(', ') : '');
      const asked = `${caller.name} sent ${draft.method} ${path} ${body ?? ''}`;
      return wrong ? `${wrong}: ${asked} and got ${reply.status} ${reply.text.slice(0, 500)}` : null;
    },
    close: () => world.close(),
  };
}
