import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressProblem, safeFetch } from '../../../backend/identity/sso/safe-fetch.ts';
import { freePort } from '../../support/ports.ts';

const company = new URL('https://login.example.com');
const local = new URL('http://localhost:8080');

describe('addresses that a provider may name', () => {
  it.each(['https://login.example.com/token', 'https://keycloak.intern/token', 'https://10.1.2.3/keys'])(
    '%s',
    (address) => {
      expect(addressProblem(new URL(address), company)).toBeNull();
    },
  );
  it.each(['http://localhost:9999/x', 'http://127.0.0.1/x', 'http://[::1]:1/x', 'https://login.example.com/x'])(
    '%s, when it lives on this machine itself',
    (address) => {
      expect(addressProblem(new URL(address), local)).toBeNull();
    },
  );
});

it.each([
  'http://login.example.com/token',
  'ftp://login.example.com/',
  'file:///etc/passwd',
  'https://localhost/x',
  'https://localhost./x',
  'https://127.1/x',
  'https://2130706433/x',
  'https://[::1]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://169.254.169.254/latest/meta-data',
  'https://[::ffff:a9fe:a9fe]/x',
  'https://[fe80::1]/x',
  'https://[fd00:ec2::254]/x',
  'https://0.0.0.0/x',
  'https://metadata.google.internal/x',
])('%s is not asked', async (address) => {
  expect(addressProblem(new URL(address), company)).not.toBeNull();
  await expect(
    safeFetch(company)(address, { method: 'GET', headers: {}, body: null, redirect: 'manual' }),
  ).rejects.toThrow(new URL(address).origin);
});

it('reads no more than a provider could honestly answer', async () => {
  const port = await freePort();
  const server = createServer((_req, res) => void res.end(Buffer.alloc(600 * 1024)));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const asked = safeFetch(local)(`http://127.0.0.1:${port}/`, {
    method: 'GET',
    headers: {},
    body: null,
    redirect: 'manual',
  });
  await expect(asked).rejects.toThrow('more than');
});
