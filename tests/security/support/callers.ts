import { builtInRoles, type Permission } from '../../../backend/access/index.ts';
import type { Scope } from '../../../backend/contracts/auth.ts';
import { sql } from '../../../backend/db/index.ts';
import { registerHost } from '../../embed/host.ts';
import { TestClient } from '../../support/client.ts';
import type { TestServer } from '../../support/server.ts';
import { clerkRights, openSession, type Person, teamOf } from './company.ts';

export type Rights = Readonly<Partial<Record<Permission, Scope>>>;

/** Somebody (or nobody) who calls the API by one kind of credential. */
export interface Caller {
  name: string;
  client: TestClient;
  /** `dead`: a credential that opens nothing any more, or never did */
  via: 'nobody' | 'session' | 'embed' | 'api-key' | 'dead';
  /** whose records are `self` */
  person: Person;
  rights: Rights;
}

const rightsOf = (role: string): Rights => builtInRoles.find(({ key }) => key === role)?.permissions ?? {};

/** Own team and those below it. */
const below: Record<string, readonly string[]> = {
  North: ['North', 'North East'],
  'North East': ['North East'],
  South: ['South'],
};

/** Does `scope` of this caller reach what `owner` owns? `null` owns what nobody owns. */
export function reaches(scope: Scope, caller: Person, owner: Person | null): boolean {
  if (scope === 'all' || scope === 'none') return scope === 'all';
  if (owner === null) return false;
  if (owner === caller) return true;
  const [callersTeam, ownersTeam] = [teamOf(caller), teamOf(owner)];
  return scope === 'team' && callersTeam !== null && (below[callersTeam] ?? []).includes(ownersTeam ?? '');
}

async function embedCallers(server: TestServer): Promise<Caller[]> {
  const host = await registerHost(server);
  const visit = (person: string) => host.visit({ sub: `host-${person}`, email: `${person}@example.com` });
  const rep = await visit('rep');
  const real = server.clock.now;
  server.clock.now = new Date(Date.now() - 3 * 3600_000);
  const old = await visit('rep');
  server.clock.now = real;
  const [header, payload] = (rep.credential.Authorization ?? '').split('.');
  const forged = new TestClient(server.url, { Authorization: `${header}.${payload}.${'A'.repeat(86)}` });
  const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
  return [
    { name: 'embed token of the rep', client: rep, via: 'embed', person: 'rep', rights: rightsOf('rep') },
    {
      name: 'embed token of the manager',
      client: await visit('manager'),
      via: 'embed',
      person: 'manager',
      rights: rightsOf('manager'),
    },
    dead('expired embed token', old),
    dead('embed token with a forged signature', forged),
    dead('embed token without a signature', new TestClient(server.url, { Authorization: `Bearer ${unsigned}` })),
  ];
}

/** What the keys of the matrix may do: more than their person in one place, less in others. */
const keyRights = {
  'lead.read': 'all',
  'account.read': 'own',
  'task.read': 'own',
  'task.write': 'own',
  'user.read': 'all',
} as const;

async function keyCallers(server: TestServer, ids: Record<Person, string>): Promise<Caller[]> {
  const admin = await server.as('admin');
  const expiresOn = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const key = async (person: Person, change = sql``): Promise<TestClient> => {
    const made = await admin.post<{ key: string; apiKey: { id: string } }>('/api-keys', {
      name: `Key of ${person}`,
      permissions: keyRights,
      expiresOn,
    });
    if (made.status !== 201) throw new Error(`making a key answered ${made.status}: ${JSON.stringify(made.body)}`);
    await server.database.sql.rows(sql`
      update api_key set user_id = ${ids[person]}::uuid ${change} where id = ${made.body.apiKey.id}::uuid`);
    return new TestClient(server.url, { Authorization: `Bearer ${made.body.key}` });
  };
  // Never more than the person holds, never more than the key was given.
  const rights = { ...keyRights, 'lead.read': 'own', 'user.read': 'team' } as const;
  return [
    { name: "administrator's key", client: await key('admin'), via: 'api-key', person: 'admin', rights: keyRights },
    { name: "rep's key", client: await key('rep'), via: 'api-key', person: 'rep', rights },
    dead('expired key', await key('admin', sql`, expires_at = now()`), 'admin'),
    dead('revoked key', await key('admin', sql`, revoked_at = now()`), 'admin'),
    dead('key of a deactivated administrator', await key('deactivated'), 'deactivated'),
  ];
}

const dead = (name: string, client: TestClient, person: Person = 'rep'): Caller => ({
  name,
  client,
  via: 'dead',
  person,
  rights: {},
});

/** Everybody of the matrix, each with a credential of their own. */
export async function createCallers(server: TestServer, ids: Record<Person, string>): Promise<Caller[]> {
  const session = async (person: Person, rights: Rights): Promise<Caller> => ({
    name: person,
    client: await openSession(server, ids[person]),
    via: 'session',
    person,
    rights,
  });
  const { admin } = ids;
  return [
    { name: 'anonymous', client: server.anonymous, via: 'nobody', person: 'rep', rights: {} },
    ...(await Promise.all(
      (['admin', 'manager', 'rep', 'viewer'] as const).map((role) => session(role, rightsOf(role))),
    )),
    await session('clerk', clerkRights),
    await session('powerless', {}),
    ...(await embedCallers(server)),
    ...(await keyCallers(server, ids)),
    dead('cookie of a deactivated administrator', await openSession(server, ids.deactivated), 'deactivated'),
    dead('cookie of somebody invited', await openSession(server, ids.invited), 'invited'),
    dead('expired cookie', await openSession(server, admin, { expired: true }), 'admin'),
    dead('cookie of a session at rest too long', await openSession(server, admin, { idle: true }), 'admin'),
    dead('revoked cookie', await openSession(server, admin, { revoked: true }), 'admin'),
    dead('invented cookie', new TestClient(server.url, { Cookie: `salespulse_session=${'A'.repeat(43)}` })),
    dead('invented key', new TestClient(server.url, { Authorization: `Bearer spk_${'A'.repeat(43)}` })),
  ];
}
