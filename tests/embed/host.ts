import { randomUUID } from 'node:crypto';
import { type CryptoKey, type JWTHeaderParameters, type KeyObject, SignJWT } from 'jose';
import type { Problem } from '../../backend/contracts/common.ts';
import type { EmbedClient } from '../../backend/contracts/embed.ts';
import { type Answer, TestClient } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';

export const ORIGIN = 'https://intranet.example.com';

type Created = EmbedClient & { secret?: string };
type Secret = Problem & { clientSecret: string; expiresAt: string };
type Token = Problem & { accessToken: string; expiresIn: number };

/** A site that shows our elements: what its back end and its pages do. */
export interface Host {
  client: Created;
  /** A signed assertion about rep@example.com; `claims` are added, `undefined` takes one away. */
  assert(claims?: Record<string, unknown>, options?: SignOptions): Promise<string>;
  open(assertion: string): Promise<Answer<Secret>>;
  trade(clientSecret: string, origin?: string): Promise<Answer<Token>>;
  /** A client with a fresh access token. */
  visit(claims?: Record<string, unknown>): Promise<TestClient>;
}
interface SignOptions {
  header?: JWTHeaderParameters;
  key?: CryptoKey | KeyObject | Uint8Array;
}

/** Registers a host with an HS256 secret (unless `more` names another key). */
export async function registerHost(server: TestServer, more: Record<string, unknown> = {}): Promise<Host> {
  const admin = await server.as('admin');
  const { status, body: client } = await admin.post<Created>('/embed/clients', {
    name: 'Intranet',
    allowedOrigins: [ORIGIN],
    key: { kind: 'hs256' },
    matchVerifiedEmail: true,
    ...more,
  });
  if (status !== 201) throw new Error(`registering a host answered ${status}: ${JSON.stringify(client)}`);

  const assert: Host['assert'] = (claims = {}, { header = { alg: 'HS256' }, key } = {}) => {
    const now = Math.floor((server.clock.now?.getTime() ?? Date.now()) / 1000);
    return new SignJWT({
      sub: 'host-user-1',
      aud: server.config.publicUrl,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      origin: ORIGIN,
      email: 'rep@example.com',
      email_verified: true,
      ...claims,
    })
      .setProtectedHeader(header)
      .sign(key ?? new TextEncoder().encode(client.secret ?? ''));
  };
  const open: Host['open'] = (assertion) =>
    server.anonymous.post<Secret>('/embed/sessions', { clientId: client.id, assertion });
  const trade: Host['trade'] = (clientSecret, origin = ORIGIN) =>
    server.anonymous.post<Token>('/embed/token', { clientSecret }, { Origin: origin });
  return {
    client,
    assert,
    open,
    trade,
    async visit(claims) {
      const secret = await open(await assert(claims));
      if (secret.status !== 201) throw new Error(`the assertion was refused: ${secret.body.detail}`);
      const token = await trade(secret.body.clientSecret);
      if (token.status !== 200) throw new Error(`the client secret was refused: ${token.body.detail}`);
      return new TestClient(server.url, { Authorization: `Bearer ${token.body.accessToken}` });
    },
  };
}

export const outcome = (answer: { status: number; body: Problem }): [number, string] => [
  answer.status,
  answer.body.code,
];
