import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a token server does with the next requests. */
export interface TokenServer {
  url: string;
  /** Requests so far, as `METHOD path authorization`. */
  log: string[];
  headers: IncomingHttpHeaders[];
  trades: number;
  expiresIn: number;
  /** Status of `embed/token`; 200 trades. */
  tradeStatus: number;
  /** Tokens the API accepts; null: any that was traded. */
  accepted: Set<string> | null;
}

/** A small API with the embed token endpoint, for one test; everything else answers `{ token }`. */
export async function tokenServer(): Promise<TokenServer> {
  const state: TokenServer = {
    url: '',
    log: [],
    headers: [],
    trades: 0,
    expiresIn: 600,
    tradeStatus: 200,
    accepted: null,
  };
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    state.log.push(`${request.method} ${request.url} ${authorization}`.trim());
    state.headers.push(request.headers);
    response.setHeader('Content-Type', 'application/json');
    const token = authorization.replace('Bearer ', '');
    if (request.url === '/api/v1/embed/token') {
      response.statusCode = state.tradeStatus;
      if (state.tradeStatus !== 200) return response.end('{}');
      state.trades += 1;
      return response.end(JSON.stringify({ accessToken: `token-${state.trades}`, expiresIn: state.expiresIn }));
    }
    if (!token || (state.accepted && !state.accepted.has(token))) response.statusCode = 401;
    return response.end(JSON.stringify({ token }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return state;
}
