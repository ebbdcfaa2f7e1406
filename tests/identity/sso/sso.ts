import type { AuditEntry, IdentityProvider } from '../../../backend/contracts/administration.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import { sql } from '../../../backend/db/index.ts';
import { Visitor } from '../../support/browser-visit.ts';
import type { TestServer } from '../../support/server.ts';

/** Registers a provider as the administrator. */
export async function addProvider(server: TestServer, more: Record<string, unknown>): Promise<IdentityProvider> {
  const admin = await server.as('admin');
  const answer = await admin.post<IdentityProvider>('/identity-providers', {
    name: `Provider ${Math.random()}`,
    clientId: 'salespulse',
    ...more,
  });
  if (answer.status !== 201)
    throw new Error(`adding a provider answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function changeProvider(server: TestServer, id: string, change: Record<string, unknown>): Promise<void> {
  const answer = await (await server.as('admin')).patch<unknown>(`/identity-providers/${id}`, change);
  if (answer.status !== 200) throw new Error(`the change answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

export const roleIds = async (server: TestServer): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await server.database.sql.rows<{ key: string; id: string }>(sql`select key, id::text as id from role`)).map(
      ({ key, id }) => [key, id],
    ),
  );

export const startAddress = (server: TestServer, provider: { id: string }, returnTo?: string): string =>
  `${server.url}/api/v1/auth/sso/${provider.id}/start${returnTo === undefined ? '' : `?${new URLSearchParams({ returnTo })}`}`;

const isCallback = (url: URL) => url.pathname.endsWith('/callback');
const isPage = (server: TestServer) => (url: URL) => url.origin === server.url && !url.pathname.startsWith('/api/');

/** Goes all the way; answers path and query of the page the browser ends at. */
export async function signInBy(
  server: TestServer,
  provider: { id: string },
  browser = new Visitor(),
  returnTo?: string,
): Promise<string> {
  const { pathname, search, hash } = await browser.follow(startAddress(server, provider, returnTo), isPage(server));
  return `${pathname}${search}${hash}`;
}

/** Goes as far as the provider's redirect back; answers the callback's address, not asked for yet. */
export const upToCallback = (server: TestServer, provider: { id: string }, browser: Visitor): Promise<URL> =>
  browser.follow(startAddress(server, provider), isCallback);

/** Asks for an address of ours; answers where it redirects to. */
export async function landing(browser: Visitor, address: URL | string): Promise<string> {
  const visit = await browser.get(address);
  return visit.headers.get('location') ?? `${visit.status}`;
}

/** Who the browser is signed in as; null for nobody. */
export async function whoIs(server: TestServer, browser: Visitor): Promise<Me | null> {
  const visit = await browser.get(`${server.url}/api/v1/me`);
  return visit.status === 200 ? (JSON.parse(visit.body) as Me) : null;
}

/** The newest audit rows of an action. */
export const audited = (
  server: TestServer,
  action: string,
): Promise<Pick<AuditEntry, 'entityId' | 'before' | 'after'>[]> =>
  server.database.sql.rows(sql`
    select entity_id as "entityId", before, after from audit_entry where action = ${action} order by at desc, id desc limit 5`);

/** All tests come from one address; none shall wait for the tries of another. */
export async function forgetTries(server: TestServer): Promise<void> {
  await server.database.sql.rows(sql`delete from sign_in_attempt`);
}
