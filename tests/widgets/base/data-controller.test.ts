import { describe, expect, it } from 'vitest';
import { ApiClient, ApiError } from '../../../widgets/base/api.ts';
import { DataController, type DataHost } from '../../../widgets/base/data-controller.ts';

const client = () =>
  new ApiClient({
    kind: 'cookie',
    server: '',
    fetch: () => Promise.reject(new Error('not asked')),
    onEnded: () => () => {},
    end: () => {},
  });

interface Ask {
  signal: AbortSignal;
  answer: (value: string) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
}

/** A host whose loads are answered by the test, in any order. */
function setUp() {
  const asked: Ask[] = [];
  const host = {
    api: client(),
    key: 'a' as string | null,
    settled: [] as string[],
    reconnected: 0,
    addController: () => {},
    removeController: () => {},
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
    dataSettled: (state: { kind: string }) => {
      host.settled.push(state.kind);
    },
    reconnect: () => {
      host.reconnected += 1;
      host.api = client();
    },
  } satisfies DataHost & Record<string, unknown>;
  const controller = new DataController<string>(host, {
    key: () => host.key,
    load: (_api, signal) =>
      new Promise<string>((resolve, reject) => {
        const turn = () => new Promise<void>((done) => setImmediate(done));
        asked.push({
          signal,
          answer: (value) => {
            resolve(value);
            return turn();
          },
          fail: (error) => {
            reject(error);
            return turn();
          },
        });
      }),
    isEmpty: (value) => value === '',
  });
  const ask = (index: number) => {
    const found = asked[index];
    if (!found) throw new Error(`Only ${asked.length} loads so far.`);
    return found;
  };
  return { host, controller, asked, ask };
}

const problem = new ApiError({ status: 503, code: 'unavailable', detail: 'later' });

describe('data controller', () => {
  it('loads once a key is there, and again only for another key', async () => {
    const { host, controller, asked, ask } = setUp();
    host.key = null;
    controller.hostUpdate();
    expect([controller.state.kind, asked.length]).toEqual(['idle', 0]);
    host.key = 'a';
    controller.hostUpdate();
    controller.hostUpdate();
    expect([controller.state.kind, asked.length]).toEqual(['loading', 1]);
    await ask(0).answer('first');
    expect(controller.state).toEqual({ kind: 'ready', data: 'first' });
    host.key = 'b';
    controller.hostUpdate();
    expect(controller.state).toEqual({ kind: 'loading', data: 'first' });
  });

  it('shows empty data as empty', async () => {
    const { controller, ask } = setUp();
    controller.hostUpdate();
    await ask(0).answer('');
    expect(controller.state.kind).toBe('empty');
  });

  it('ignores and aborts the answer to an earlier question', async () => {
    const { host, controller, ask } = setUp();
    controller.hostUpdate();
    host.key = 'b';
    controller.hostUpdate();
    expect(ask(0).signal.aborted).toBe(true);
    await ask(1).answer('second');
    await ask(0).answer('first');
    expect(controller.state.data).toBe('second');
  });

  it('keeps old data on screen, as stale, when a refresh fails', async () => {
    const { host, controller, ask } = setUp();
    controller.hostUpdate();
    await ask(0).answer('first');
    const refresh = controller.refresh();
    expect(controller.state.kind).toBe('ready');
    await ask(1).fail(problem);
    await refresh;
    expect(controller.state).toEqual({ kind: 'stale', data: 'first', error: problem });
    expect(host.settled).toEqual(['ready', 'stale']);
  });

  it('drops old data when the answer to another question fails', async () => {
    const { host, controller, ask } = setUp();
    controller.hostUpdate();
    await ask(0).answer('first');
    host.key = 'b';
    controller.hostUpdate();
    await ask(1).fail(problem);
    expect(controller.state).toEqual({ kind: 'error', error: problem });
  });

  it('loads anew when the session is another', async () => {
    const { host, controller, asked } = setUp();
    controller.hostUpdate();
    host.api = client();
    controller.hostUpdate();
    expect(asked.length).toBe(2);
  });

  it('takes a fresh session, with one load, when refreshed after one has ended', async () => {
    const { host, controller, asked, ask } = setUp();
    controller.hostUpdate();
    await ask(0).fail(new ApiError({ status: 0, code: 'session_ended', detail: 'over' }));
    void controller.refresh();
    controller.hostUpdate();
    expect([host.reconnected, asked.length]).toEqual([1, 2]);
  });

  it('aborts on leaving the page and loads again on coming back', async () => {
    const { controller, asked, ask } = setUp();
    controller.hostUpdate();
    await ask(0).answer('first');
    void controller.refresh();
    globalThis.document ??= { removeEventListener: () => {} } as unknown as Document;
    controller.hostDisconnected();
    expect(ask(1).signal.aborted).toBe(true);
    controller.hostUpdate();
    expect(asked.length).toBe(3);
  });

  it('shows own data at once and drops the load under way', async () => {
    const { controller, ask } = setUp();
    controller.hostUpdate();
    controller.set('mine');
    await ask(0).answer('theirs');
    expect(controller.state).toEqual({ kind: 'ready', data: 'mine' });
  });
});
