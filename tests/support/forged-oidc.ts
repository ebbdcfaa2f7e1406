import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { freePort } from './ports.ts';

/** What the next answers are; a test changes what it wants to be wrong. */
export interface Forgery {
  /** put into the ID token on top of right ones; undefined takes one away */
  claims: Record<string, unknown>;
  header: { alg: string; kid?: string };
  /** signed by a key that is not in the key set */
  hasStrangeKey: boolean;
  /** the token's last part is changed after signing */
  hasBrokenSignature: boolean;
  /** put into the description on top of right ones */
  metadata: Record<string, unknown>;
  /** on top of what the redirect back carries */
  callback: Record<string, string>;
  /** status of everything but the redirect; 200: as it should be */
  status: number;
  /** the answer of the userinfo endpoint */
  userinfo: Record<string, unknown>;
  tokenError: string | null;
}

/** A provider that keeps to the rules except where the test says otherwise. */
export interface ForgedOidc {
  issuer: string;
  forgery: Forgery;
  /** addresses asked for so far, without query */
  asked: string[];
  /** Right in everything again. */
  repent(): void;
  close(): Promise<void>;
}

const honest = (): Forgery => ({
  claims: {},
  header: { alg: 'RS256', kid: 'own' },
  hasStrangeKey: false,
  hasBrokenSignature: false,
  metadata: {},
  callback: {},
  status: 200,
  userinfo: {},
  tokenError: null,
});

export async function startForgedOidc(): Promise<ForgedOidc> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const [own, strange, other] = await Promise.all([
    generateKeyPair('RS256'),
    generateKeyPair('RS256'),
    generateKeyPair('PS256'),
  ]);
  const jwk: JWK = { ...(await exportJWK(own.publicKey)), kid: 'own', use: 'sig', alg: 'RS256' };
  const otherJwk: JWK = { ...(await exportJWK(other.publicKey)), kid: 'other', use: 'sig', alg: 'PS256' };
  let nonce = '';
  const forged: ForgedOidc = {
    issuer,
    forgery: honest(),
    asked: [],
    repent() {
      forged.forgery = honest();
      forged.asked.length = 0;
    },
    close: () => close(server),
  };

  async function idToken(): Promise<string> {
    const { claims, header, hasStrangeKey, hasBrokenSignature } = forged.forgery;
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: 'salespulse', sub: 'forged', nonce, iat: now, exp: now + 300 };
    const known = { email: 'rep@example.com', email_verified: true, name: 'Rolf' };
    const payload = JSON.parse(JSON.stringify({ ...right, ...known, ...claims })) as Record<string, unknown>;
    if (header.alg === 'none') return `${part({ alg: 'none' })}.${part(payload)}.`;
    const key = header.alg.startsWith('HS')
      ? new TextEncoder().encode(JSON.stringify(jwk).padEnd(64))
      : (header.alg === 'PS256' ? other : hasStrangeKey ? strange : own).privateKey;
    const token = await new SignJWT(payload).setProtectedHeader(header).sign(key);
    return hasBrokenSignature ? token.replace(/\.[^.]+$/, `.${'A'.repeat(342)}`) : token;
  }

  const description = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    ...forged.forgery.metadata,
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', issuer);
    forged.asked.push(url.pathname);
    const { forgery } = forged;
    if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce') ?? '';
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      const query = { code: 'a-code', state: url.searchParams.get('state') ?? '', ...forgery.callback };
      for (const [name, value] of Object.entries(query)) back.searchParams.set(name, value);
      res.writeHead(302, { Location: back.href }).end();
      return;
    }
    if (forgery.status >= 300 && forgery.status < 400) {
      res.writeHead(forgery.status, { Location: `${issuer}/elsewhere` }).end();
      return;
    }
    if (url.pathname === '/token' && forgery.tokenError !== null) return json(res, 400, { error: forgery.tokenError });
    const bodies: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': description,
      '/keys': () => ({ keys: [jwk, otherJwk] }),
      '/userinfo': () => ({ sub: 'forged', ...forgery.userinfo }),
      '/token': async () => ({ access_token: 'an-access-token', token_type: 'Bearer', id_token: await idToken() }),
    };
    const body = bodies[url.pathname];
    json(res, body ? forgery.status : 404, body ? await body() : {});
  }

  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return forged;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
