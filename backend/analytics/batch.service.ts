import type { Logger } from 'pino';
import type { Batch, BatchResponse } from '../contracts/analytics-batch.ts';
import { type AnyRoute, type Asker, answerRead } from '../http/index.ts';

/** So many questions of one batch are worked on at once: as many as a browser would ask. */
const AT_ONCE = 6;

/** As a query of an address is read: a parameter that stands there once is a text, one that is repeated a list. */
const asParsed = (query: Batch['questions'][number]['query']) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, value.length === 1 && Array.isArray(value) ? value[0] : value]),
  );

type Answer = BatchResponse['items'][number];

/**
 * Answers several questions by the very routes that answer them singly, so that reach, fields and refusals are theirs.
 * @param routes by path below `/analytics/`
 */
export async function answerBatch(
  routes: ReadonlyMap<string, AnyRoute>,
  { questions }: Batch,
  asker: Asker,
  logger: Logger,
): Promise<BatchResponse> {
  const items: Answer[] = [];
  async function answer({ path, query }: Batch['questions'][number]): Promise<Answer> {
    const route = routes.get(path);
    if (!route) throw new Error(`No route answers /analytics/${path}.`);
    const answered = await answerRead(route, asker, asParsed(query));
    if (!('problem' in answered)) return answered;
    const { problem } = answered;
    const { requestId } = asker;
    if (problem.status >= 500) logger.error({ err: problem.cause ?? problem, requestId, path }, 'question failed');
    return { status: problem.status, body: problem.toProblem(requestId) };
  }
  const waiting = questions.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [at, question] of waiting) items[at] = await answer(question);
    }),
  );
  return { items };
}
