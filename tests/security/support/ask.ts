import { Agent, request } from 'node:http';
import type { AnyRoute } from '../../../backend/http/index.ts';
import type { TestClient } from '../../support/client.ts';
import type { Case, Expectation } from './expectation.ts';
import type { World } from './world.ts';

/** What came back; of a stream only that it began. */
export interface Reply {
  status: number;
  type: string;
  text: string;
}

export interface Request {
  method: string;
  /** below /api/v1, with its query, escaped already: it is sent just like this */
  path: string;
  body?: string | undefined;
  headers?: Record<string, string>;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request just as it is given: nothing is put right on the way, as a browser's `fetch` would. */
export function send(client: TestClient, { method, path, body, headers = {} }: Request): Promise<Reply> {
  const { hostname, port } = new URL(client.url);
  return new Promise((resolve, reject) => {
    const sent = request({
      agent,
      hostname,
      port,
      method,
      path: `/api/v1${path}`,
      headers: {
        ...client.credential,
        ...(method === 'GET' ? {} : { 'X-SalesPulse-Request': '1' }),
        ...(body === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const status = response.statusCode ?? 0;
      const type = response.headers['content-type'] ?? '';
      if (type.startsWith('text/event-stream')) {
        response.destroy();
        resolve({ status, type, text: '' });
        return;
      }
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve({ status, type, text }));
      response.once('error', reject);
    });
    sent.end(body);
  });
}

/** Escapes a part of a path or query; half a surrogate pair goes as the bytes that stand for it in bad UTF-8. */
export const escapePart = (text: string): string =>
  [...text]
    .map((character) => (/^\p{Cs}$/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character)))
    .join('')
    .replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));

/** The path of a route with its parameters filled in. */
export const fill = (path: string, values: Record<string, string>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => escapePart(values[name] ?? ''));

/** The request of a case of the matrix. */
export function requestOf(world: World, route: AnyRoute, expected: Expectation, one: Case): Request {
  const { kind, params, query, body, headers } = expected;
  const values = { ...(kind ? { id: world.recordOf(kind, one.owner) } : {}), ...params?.(world, one) };
  const content = body?.(world, one);
  return {
    method: route.method.toUpperCase(),
    path: fill(route.path, values) + (query ? `?${query}` : ''),
    ...(content === undefined ? {} : { body: typeof content === 'string' ? content : JSON.stringify(content) }),
    ...(headers ? { headers } : {}),
  };
}
