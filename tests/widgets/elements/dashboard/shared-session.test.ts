import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../../backend/contracts/analytics-batch.ts';
import type { Session } from '../../../../widgets/base/session-types.ts';
import { sharedSession } from '../../../../widgets/elements/dashboard/shared-session.ts';

/** A server that answers each question with its path and parameters; `refused` paths with 422. */
function setUp({ status = 200, refused = 'nothing' } = {}) {
  const asked: { path: string; questions: Batch['questions'] }[] = [];
  const session: Session = {
    kind: 'cookie',
    server: '',
    async fetch(path, init) {
      const { questions } = init?.body ? (JSON.parse(String(init.body)) as Batch) : { questions: [] };
      asked.push({ path, questions });
      if (status !== 200) return Response.json({ detail: 'Not now.' }, { status });
      if (path !== 'analytics/batch') return Response.json({ path });
      return Response.json({
        items: questions.map((question) =>
          question.path === refused ? { status: 422, body: { detail: 'Refused.' } } : { status: 200, body: question },
        ),
      });
    },
    onEnded: () => () => {},
    end: () => {},
  };
  const shared = sharedSession(session);
  const ask = async (path: string, init?: RequestInit) => (await shared.fetch(path, init)).json();
  return { asked, ask, shared };
}

describe('a session of elements side by side', () => {
  it('asks together what several ask within a moment, and once what is the same', async () => {
    const { asked, ask } = setUp();
    const answers = await Promise.all([
      ask('analytics/kpis?region=A&region=B%26C&from=1'),
      ask('analytics/series?metrics=revenue'),
      ask('analytics/series?metrics=revenue'),
      ask('analytics/breakdown?metrics=revenue'),
      ask('analytics/pipeline/funnel?a=1'),
      ask('analytics/pipeline/ageing'),
      ask('analytics/filters'),
    ]);
    expect(asked.map(({ path, questions }) => [path, ...questions.map((question) => question.path)])).toEqual([
      ['analytics/batch', 'kpis', 'filters'],
      ['analytics/batch', 'series', 'breakdown'],
      ['analytics/batch', 'pipeline/funnel', 'pipeline/ageing'],
    ]);
    expect(answers[0]).toEqual({ path: 'kpis', query: { region: ['A', 'B&C'], from: ['1'] } });
    expect(answers[1]).toEqual(answers[2]);
    expect(answers[6]).toEqual({ path: 'filters', query: {} });
  });

  it('asks one question as it is', async () => {
    const { asked, ask } = setUp();
    expect(await ask('analytics/kpis?a=1')).toEqual({ path: 'analytics/kpis?a=1' });
    expect(asked).toEqual([{ path: 'analytics/kpis?a=1', questions: [] }]);
  });

  it('gives each the answer to its own question, also a refusal', async () => {
    const { shared } = setUp({ refused: 'metrics' });
    const [good, bad] = await Promise.all([shared.fetch('analytics/kpis'), shared.fetch('analytics/metrics?x=1')]);
    expect(good.status).toBe(200);
    expect(bad.status).toBe(422);
    expect(bad.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await bad.json()).toEqual({ detail: 'Refused.' });
  });

  it('tells everybody when the whole request fails, and asks anew the next time', async () => {
    const { asked, shared } = setUp({ status: 503 });
    const ask = () => Promise.all([shared.fetch('analytics/kpis'), shared.fetch('analytics/filters')]);
    expect((await ask()).map(({ status }) => status)).toEqual([503, 503]);
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('goes on for the others when one leaves, and asks nothing that nobody waits for', async () => {
    const { asked, ask, shared } = setUp();
    const leaving = new AbortController();
    const left = shared.fetch('analytics/kpis', { signal: leaving.signal });
    const other = ask('analytics/kpis');
    const alone = shared.fetch('analytics/series', { signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toThrow();
    await expect(alone).rejects.toThrow();
    expect(await other).toEqual({ path: 'analytics/kpis' });
    expect(asked.map(({ path }) => path)).toEqual(['analytics/kpis']);
  });

  it('splits what is too much for one request', async () => {
    const { asked, ask } = setUp();
    await Promise.all(Array.from({ length: 30 }, (_, at) => ask(`analytics/kpis?at=${at}`)));
    expect(asked.map(({ questions }) => questions.length)).toEqual([24, 6]);
  });

  it('leaves writes and all that is no figure as it is', async () => {
    const { asked, ask } = setUp();
    await Promise.all([ask('tasks/my-day'), ask('tasks/my-day'), ask('dashboards', { method: 'POST' })]);
    expect(asked.map(({ path }) => path)).toEqual(['tasks/my-day', 'tasks/my-day', 'dashboards']);
  });
});
