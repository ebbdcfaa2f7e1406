import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReactiveControllerHost } from 'lit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../../../widgets/base/api.ts';
import type { Session } from '../../../widgets/base/session.ts';
import { PageList } from '../../../widgets/console/parts/page-list.ts';

/** Numbers 1..5 in pages of two; `?hold` waits until the test lets it go; `?fail` refuses. */
let server: Server;
let url = '';
let letGo: () => void = () => {};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://server').searchParams;
    const start = Number(query.get('cursor') ?? 1);
    if (query.has('hold'))
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    const isRefused = query.get('fail') === String(start);
    response.writeHead(isRefused ? 503 : 200, { 'Content-Type': 'application/json' });
    const items = [start, start + 1].filter((number) => number <= 5).map((id) => ({ id, asked: query.get('q') }));
    const page = { items, nextCursor: start + 2 <= 5 ? String(start + 2) : null, ...(start === 1 ? { total: 5 } : {}) };
    response.end(JSON.stringify(isRefused ? { detail: 'Not now.', code: 'unavailable' } : page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const host: ReactiveControllerHost = {
  addController: () => {},
  removeController: () => {},
  requestUpdate: () => {},
  updateComplete: Promise.resolve(true),
};
const session: Session = {
  kind: 'cookie',
  server: '',
  fetch: (path, init) => fetch(`${url}/${path}`, init),
  onEnded: () => () => {},
  end: () => {},
};

describe('PageList', () => {
  let list: PageList<{ id: number; asked: string | null }>;
  const ids = () => list.state.items.map(({ id }) => id);
  beforeEach(() => {
    list = new PageList(host, () => new ApiClient(session));
  });

  it('adds page after page and keeps the total of the first', async () => {
    await list.load('numbers');
    expect(list.state).toMatchObject({ kind: 'ready', hasMore: true, total: 5 });
    await list.more();
    await list.more();
    expect(ids()).toEqual([1, 2, 3, 4, 5]);
    expect(list.state).toMatchObject({ hasMore: false, total: 5 });
  });

  it('drops the answer to a question that is no longer asked', async () => {
    const old = list.load('numbers', { q: 'old', hold: true });
    await list.load('numbers', { q: 'new' });
    letGo();
    await old;
    expect(list.state.items.map(({ asked }) => asked)).toEqual(['new', 'new']);
  });

  it('keeps what is there when a further page fails, and can try again', async () => {
    await list.load('numbers', { fail: 3 });
    await list.more();
    expect(list.state).toMatchObject({ kind: 'ready', hasMore: true, isRefreshing: false });
    expect(list.state.error).toMatchObject({ detail: 'Not now.' });
    expect(ids()).toEqual([1, 2]);
  });

  it('is an error when the first page fails', async () => {
    await list.load('numbers', { fail: 1 });
    expect(list.state.kind).toBe('error');
  });
});
