import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../widgets/base/session-types.ts';
import { sharedSession } from '../../../../widgets/elements/dashboard/shared-session.ts';

function setUp(status = 200) {
  const asked: string[] = [];
  let nowMs = 0;
  const session: Session = {
    kind: 'cookie',
    server: '',
    fetch: async (path) => {
      asked.push(path);
      return new Response(`{"asked":${asked.length}}`, { status });
    },
    onEnded: () => () => {},
    end: () => {},
  };
  const shared = sharedSession(session, () => nowMs);
  const ask = async (path: string, init?: RequestInit) => (await shared.fetch(path, init)).json();
  return {
    asked,
    ask,
    shared,
    later: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('a session of elements side by side', () => {
  it('asks once what several ask at once or soon after, and again later', async () => {
    const { asked, ask, later } = setUp();
    await Promise.all([ask('analytics/kpis?a=1'), ask('analytics/kpis?a=1'), ask('analytics/kpis?a=2')]);
    expect(await ask('analytics/kpis?a=1')).toEqual({ asked: 1 });
    expect(asked).toEqual(['analytics/kpis?a=1', 'analytics/kpis?a=2']);
    later(5_001);
    await ask('analytics/kpis?a=1');
    expect(asked).toHaveLength(3);
  });

  it('goes on for the others when one leaves', async () => {
    const { asked, ask, shared } = setUp();
    const leaving = new AbortController();
    const left = shared.fetch('analytics/kpis', { signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect(await ask('analytics/kpis')).toEqual({ asked: 1 });
    expect(asked).toHaveLength(1);
  });

  it('keeps no failed answers, no writes, and nothing but figures and dashboards', async () => {
    const failing = setUp(503);
    await failing.ask('analytics/kpis');
    await failing.ask('analytics/kpis');
    expect(failing.asked).toHaveLength(2);
    const { asked, ask } = setUp();
    await ask('tasks/my-day');
    await ask('tasks/my-day');
    await ask('dashboards', { method: 'POST' });
    await ask('dashboards', { method: 'POST' });
    expect(asked).toHaveLength(4);
  });
});
