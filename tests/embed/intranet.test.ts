import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Me } from '../../backend/contracts/auth.ts';
import { sql } from '../../backend/db/index.ts';
import { startIntranetDemo } from '../../manifests/intranet/server.ts';
import { TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { registerHost } from './host.ts';

let server: TestServer;
let intranet: Awaited<ReturnType<typeof startIntranetDemo>>;
beforeAll(async () => {
  server = await startTestServer();
  const { client } = await registerHost(server);
  intranet = await startIntranetDemo({
    port: 0,
    salesPulseUrl: server.url,
    clientId: client.id,
    secret: client.secret ?? '',
  });
  await server.database.sql.rows(sql`
    update embed_client set allowed_origins = ${[intranet.url]}::text[] where id = ${client.id}::uuid`);
});
afterAll(async () => {
  await intranet.close();
  await server.close();
});

const askSecret = (headers: Record<string, string>) =>
  fetch(`${intranet.url}/salespulse-secret`, { method: 'POST', headers });

/** What the page's elements do, for the visitor of this cookie. */
async function visitAs(cookie: string): Promise<Me> {
  const { clientSecret } = (await (await askSecret({ Origin: intranet.url, Cookie: cookie })).json()) as {
    clientSecret: string;
  };
  const token = await server.anonymous.post<{ accessToken: string }>(
    '/embed/token',
    { clientSecret },
    { Origin: intranet.url },
  );
  const page = new TestClient(server.url, { Authorization: `Bearer ${token.body.accessToken}`, Origin: intranet.url });
  return (await page.get<Me>('/me')).body;
}

it('serves a page with one script of ours, the tags, and nothing inline', async () => {
  const response = await fetch(intranet.url);
  const page = await response.text();
  expect(page).toContain(`<script type="module" src="${server.url}/embed.js"></script>`);
  expect(page).toMatch(/<salespulse-kpis [^>]*>.*<salespulse-chart [^>]*>.*<salespulse-kanban [^>]*>/s);
  expect(page).not.toMatch(/<style|<script>|<script type="module">| style="| on\w+="/);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`script-src 'self' ${server.url};`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

it('signs its visitor in by its own back end, as whoever visits', async () => {
  expect(await visitAs('')).toMatchObject({ name: 'Rolf Rep' });
  const chosen = await fetch(`${intranet.url}/visit?as=manager%40example.com`, { redirect: 'manual' });
  const cookie = chosen.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/);
  expect(await visitAs(cookie.split(';')[0] ?? '')).toMatchObject({ name: 'Mona Manager' });
});

it('vouches for nobody outside its list', async () => {
  expect(await visitAs('visitor=admin%40example.com')).toMatchObject({ name: 'Rolf Rep' });
  expect(await visitAs('visitor=%')).toMatchObject({ name: 'Rolf Rep' });
});

it('gives secrets to its own page only', async () => {
  expect((await askSecret({ Origin: 'https://evil.example' })).status).toBe(404);
  expect((await askSecret({})).status).toBe(404);
});

it('answers 502 while SalesPulse is out of reach', async () => {
  const lonely = await startIntranetDemo({
    port: 0,
    salesPulseUrl: 'http://localhost:1',
    clientId: '01890000-0000-7000-8000-000000000000',
    secret: 'x'.repeat(43),
  });
  const response = await fetch(`${lonely.url}/salespulse-secret`, { method: 'POST', headers: { Origin: lonely.url } });
  expect(response.status).toBe(502);
  await lonely.close();
});
