import type { Batch, BatchPath, BatchResponse } from '../../../backend/contracts/analytics-batch.ts';
import type { Session } from '../../base/session-types.ts';

/** How long an answer stands for the same question of another panel. */
const LIFE_MS = 1_000;
/** Questions that come within this time go out together. */
const GATHER_MS = 20;
/** The API takes so many at once. */
const MOST = 24;

const batchable =
  /^\/?analytics\/(kpis|series|breakdown|records|filters|metrics|pipeline\/(funnel|velocity|ageing|health|changes))(\?.*)?$/;

const groups = ['heads', 'charts', 'pipeline'] as const;

/** What goes out together: figures and choices are there at once, whatever the charts and pipeline reports take. */
function groupOf(path: string): (typeof groups)[number] {
  if (/analytics\/pipeline/.test(path)) return 'pipeline';
  return /analytics\/(series|breakdown)/.test(path) ? 'charts' : 'heads';
}

interface Answer {
  body: string;
  status: number;
  type: string;
}

/** A question that waits for an answer, or has one. */
interface Asked {
  path: string;
  answer: Promise<Answer>;
  settle: (answer: Answer | Promise<Answer>) => void;
  /** How many still wait for it. */
  waiting: number;
  until: number;
}

/** Rejects when the asker leaves; the request goes on for the others. */
function orAborted(asked: Asked, signal: AbortSignal | null | undefined): Promise<Answer> {
  signal?.throwIfAborted();
  asked.waiting += 1;
  if (!signal) return asked.answer;
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        asked.waiting -= 1;
        reject(signal.reason);
      },
      { once: true },
    );
    asked.answer.then(resolve, reject);
  });
}

/** `analytics/kpis?a=1&a=2` as a question of a batch. */
function questionOf(path: string): Batch['questions'][number] {
  const [address = '', search = ''] = path.split('?');
  const parameters = new URLSearchParams(search);
  const query = Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
  return { path: address.replace(/^\/?analytics\//, '') as BatchPath, query };
}

const answerOf = async (response: Response): Promise<Answer> => ({
  body: await response.text(),
  status: response.status,
  type: response.headers.get('Content-Type') ?? 'application/json',
});

/** Asks as one; a refusal of the whole is everybody's. */
async function askTogether(session: Session, paths: readonly string[]): Promise<Answer[]> {
  const body = JSON.stringify({ questions: paths.map(questionOf) } satisfies Batch);
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const response = await session.fetch('analytics/batch', { method: 'POST', headers, body });
  if (!response.ok) {
    const refusal = await answerOf(response);
    return paths.map(() => refusal);
  }
  const { items } = (await response.json()) as BatchResponse;
  return items.map(({ status, body: content }) => ({
    body: JSON.stringify(content),
    status,
    type: status >= 400 ? 'application/problem+json' : 'application/json',
  }));
}

/**
 * A session for elements that stand side by side: what they ask of analytics within a moment goes out in three requests
 * at most (figures; charts; pipeline reports), and what several of them ask is asked once. Failed answers are not kept.
 */
export function sharedSession(session: Session): Session {
  const known = new Map<string, Asked>();
  let gathered: Asked[] = [];

  function send(asked: readonly Asked[]): void {
    const [only, ...others] = asked;
    if (!only) return;
    const headers = { Accept: 'application/json' };
    const answers =
      others.length === 0
        ? session
            .fetch(only.path, { headers })
            .then(answerOf)
            .then((answer) => [answer])
        : askTogether(
            session,
            asked.map(({ path }) => path),
          );
    for (const [at, one] of asked.entries()) {
      one.settle(
        answers.then((all) => {
          const answer = all[at];
          if (!answer) throw new TypeError('The server left a question without an answer.');
          return answer;
        }),
      );
    }
  }

  function flush(): void {
    const wanted = gathered.filter((one) => one.waiting > 0 || forget(one));
    gathered = [];
    for (const group of groups) {
      const together = wanted.filter(({ path }) => groupOf(path) === group);
      for (let at = 0; at < together.length; at += MOST) send(together.slice(at, at + MOST));
    }
  }

  function forget(asked: Asked): false {
    if (known.get(asked.path) === asked) known.delete(asked.path);
    return false;
  }

  function ask(path: string): Asked {
    let settle: Asked['settle'] = () => {};
    const answer = new Promise<Answer>((resolve) => {
      settle = resolve;
    });
    const asked: Asked = { path, answer, settle, waiting: 0, until: Number.POSITIVE_INFINITY };
    answer.then(
      ({ status }) => {
        asked.until = performance.now() + LIFE_MS;
        if (status >= 400) forget(asked);
      },
      () => forget(asked),
    );
    known.set(path, asked);
    if (gathered.length === 0) setTimeout(flush, GATHER_MS);
    gathered.push(asked);
    return asked;
  }

  return {
    kind: session.kind,
    server: session.server,
    onEnded: (listener) => session.onEnded(listener),
    end: () => session.end(),
    async fetch(path, init) {
      if (!/^get$/i.test(init?.method ?? 'GET') || !batchable.test(path)) return session.fetch(path, init);
      for (const one of known.values()) if (one.until <= performance.now()) forget(one);
      const { body, status, type } = await orAborted(known.get(path) ?? ask(path), init?.signal);
      return new Response(body, { status, headers: { 'Content-Type': type } });
    },
  };
}
