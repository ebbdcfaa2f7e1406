import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { SignJWT } from 'jose';

/** People of this intranet. A real one has a sign-in of its own; here the visitor is chosen from this list. */
const visitors = ['rep@example.com', 'manager@example.com', 'viewer@example.com'];
const files: Record<string, [name: string, type: string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
};

export interface IntranetOptions {
  port: number;
  /** where SalesPulse is reached, by browsers and by this server: its PUBLIC_URL */
  salesPulseUrl: string;
  /** the embed client registered for this intranet, and its HS256 secret */
  clientId: string;
  secret: string;
  /** who visits until another visitor is chosen */
  visitor?: string;
}

/** Starts the demo intranet on this machine only. `url` is where it is found. */
export async function startIntranetDemo(options: IntranetOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { salesPulseUrl, visitor: first = 'rep@example.com' } = options;
  let url = '';

  const visitorOf = (req: IncomingMessage): string => {
    const chosen = /(?:^|; )visitor=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
    return visitors.find((email) => encodeURIComponent(email) === chosen) ?? first;
  };

  /** The heart of it: this back end vouches for its visitor and gets a secret that works once, for its page. */
  async function clientSecret(visitor: string): Promise<Response> {
    const assertion = await new SignJWT({ email: visitor, email_verified: true, origin: url })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(visitor)
      .setAudience(salesPulseUrl)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(new TextEncoder().encode(options.secret));
    return fetch(`${salesPulseUrl}/api/v1/embed/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ clientId: options.clientId, assertion }),
    });
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', url);
    const file = files[pathname];
    if (req.method === 'GET' && file) {
      const content = await readFile(new URL(file[0], import.meta.url), 'utf8');
      const visitor = visitorOf(req);
      const page = content.replaceAll('{{salespulse}}', salesPulseUrl).replaceAll('{{visitor}}', visitor);
      res.writeHead(200, { ...securityHeaders(salesPulseUrl), 'Content-Type': file[1], 'Cache-Control': 'no-cache' });
      res.end(page);
    } else if (req.method === 'GET' && pathname === '/visit') {
      const visitor = encodeURIComponent(searchParams.get('as') ?? first);
      const cookie = `visitor=${visitor}; Path=/; HttpOnly; SameSite=Lax`;
      res.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end();
    } else if (req.method === 'POST' && pathname === '/salespulse-secret' && req.headers.origin === url) {
      const reply = await clientSecret(visitorOf(req));
      res.writeHead(reply.status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      res.end(await reply.text());
    } else {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
    }
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      console.error('intranet demo:', error instanceof Error ? error.message : error);
      if (!res.headersSent) res.writeHead(502, { 'Content-Type': 'text/plain' });
      res.end('SalesPulse cannot be reached just now.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, 'localhost', resolve);
  });
  const address = server.address();
  url = `http://localhost:${typeof address === 'object' && address ? address.port : options.port}`;
  return {
    url,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** No inline script or style, and nothing from anywhere but this server and SalesPulse. */
const securityHeaders = (salesPulseUrl: string): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src 'self' ${salesPulseUrl}`,
    "style-src 'self'",
    `connect-src 'self' ${salesPulseUrl}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Trusted Types: no script makes HTML out of text, but for Lit, of which the elements are made.
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
});
