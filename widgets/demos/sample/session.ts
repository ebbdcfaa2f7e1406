import type { Session } from '../../base/session.ts';
import { breakdown, kpis, series } from './analytics.ts';
import { ageing, changes, funnel, health, pipelineRecords, velocity } from './pipeline.ts';

/** Which state of an element a demo shows. */
export type DemoState = 'ready' | 'loading' | 'empty' | 'stale' | 'error' | 'ended';

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

const problem = () =>
  json(
    {
      type: 'about:blank',
      title: 'Service unavailable',
      status: 503,
      detail: 'The database is being restarted.',
      instance: '01a2b3c4',
      code: 'unavailable',
    },
    503,
  );

const never = (signal: AbortSignal | null | undefined) =>
  new Promise<Response>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

function answer(path: string): Response {
  const { pathname, searchParams } = new URL(path, 'https://demo.invalid/');
  switch (pathname) {
    case '/analytics/kpis':
      return json(kpis(searchParams));
    case '/analytics/series':
      return json(series(searchParams));
    case '/analytics/breakdown':
      return json(breakdown(searchParams));
    case '/analytics/pipeline/funnel':
      return json(funnel(searchParams));
    case '/analytics/pipeline/velocity':
      return json(velocity(searchParams));
    case '/analytics/pipeline/ageing':
      return json(ageing(searchParams));
    case '/analytics/pipeline/health':
      return json(health(searchParams));
    case '/analytics/pipeline/changes':
      return json(changes(searchParams));
    case '/analytics/pipeline/records':
      return json(pipelineRecords(searchParams));
    default:
      return json({ status: 404, code: 'not_found', detail: 'The demo has no such data.' }, 404);
  }
}

async function empty(path: string): Promise<Response> {
  const body = await answer(path).json();
  if ('bars' in body) {
    const nothing = { amount: '0.00', currency: 'EUR' };
    const bars = body.bars.map((bar: object) => ({ ...bar, records: 0, count: 0, value: nothing }));
    return json({ ...body, bars });
  }
  return json('items' in body ? { ...body, items: [] } : { ...body, rows: [] });
}

/** A session without a server: sample figures, in the state a demo wants to show. */
export function sampleSession(state: DemoState): Session {
  let answered = 0;
  return {
    kind: 'embed',
    server: 'https://demo.invalid',
    fetch(path, init) {
      answered += 1;
      switch (state) {
        case 'ready':
          return Promise.resolve(answer(path));
        case 'loading':
          return never(init?.signal);
        case 'empty':
          return empty(path);
        case 'stale':
          return Promise.resolve(answered === 1 ? answer(path) : problem());
        case 'error':
          return Promise.resolve(problem());
        case 'ended':
          return Promise.resolve(json({ status: 401, code: 'unauthenticated', detail: 'Sign in.' }, 401));
        default:
          return state satisfies never;
      }
    },
    onEnded: () => () => {},
    end: () => {},
  };
}
