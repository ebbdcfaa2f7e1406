import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Host, ORIGIN, registerHost } from './host.ts';

let server: TestServer;
let host: Host;
beforeAll(async () => {
  server = await startTestServer();
  host = await registerHost(server);
});
afterAll(() => server.close());

const preflight = (origin: string, path = '/leads') =>
  fetch(`${server.url}/api/v1${path}`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  });
const get = (origin: string) => fetch(`${server.url}/api/v1/me`, { headers: { Origin: origin } });
const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

it('answers a preflight of a host’s page without a credential', async () => {
  const response = await preflight(ORIGIN);
  expect([response.status, allowed(response)]).toEqual([204, ORIGIN]);
  const headers = response.headers.get('access-control-allow-headers')?.split(', ') ?? [];
  expect(headers).toEqual(['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key', 'X-SalesPulse-Request']);
  expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
  expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0);
  expect(response.headers.get('vary')).toMatch(/Origin/);
});

it('lets the page read answers and refusals, never with cookies', async () => {
  const response = await get(ORIGIN);
  expect([response.status, allowed(response)]).toEqual([401, ORIGIN]);
  expect(response.headers.get('access-control-expose-headers')).toBe('ETag, Retry-After, X-Request-Id');
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  expect((await preflight(ORIGIN)).headers.get('access-control-allow-credentials')).toBeNull();
});

it.each([
  'https://evil.example',
  'http://intranet.example.com',
  'https://intranet.example.com:8443',
  'https://intranet.example.com.evil.example',
  'https://sub.intranet.example.com',
  'null',
])('leaves %s outside', async (origin) => {
  for (const response of [await preflight(origin), await get(origin)]) {
    expect(allowed(response)).toBeNull();
    expect(response.headers.get('vary')).toMatch(/Origin/);
  }
});

it('tells caches that the answer depends on the origin, also when none is sent', async () => {
  const response = await fetch(`${server.url}/api/v1/me`);
  expect(response.headers.get('vary')).toMatch(/Origin/);
  expect(allowed(response)).toBeNull();
});

it('forgets a host at once that is switched off', async () => {
  const admin = await server.as('admin');
  await admin.patch(`/embed/clients/${host.client.id}`, { isActive: false });
  expect(allowed(await get(ORIGIN))).toBeNull();
  await admin.patch(`/embed/clients/${host.client.id}`, { isActive: true });
  expect(allowed(await get(ORIGIN))).toBe(ORIGIN);
});

it('says nothing about pages outside the API', async () => {
  const response = await fetch(`${server.url}/`, { headers: { Origin: ORIGIN } });
  expect(allowed(response)).toBeNull();
});
