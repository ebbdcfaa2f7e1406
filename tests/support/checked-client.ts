import { expect } from 'vitest';
import type { z } from 'zod';
import { problemSchema } from '../../backend/contracts/common.ts';
import { type AnyRoute, type ProblemCode, problemCatalogue } from '../../backend/http/index.ts';
import { type Answer, type CallOptions, TestClient } from './client.ts';

/**
 * Calls the API and holds every answer against what the API says of itself: successes against the route's
 * response schema (nothing missing, nothing beyond it), refusals against RFC 9457 and the error catalogue.
 */
export class CheckedClient extends TestClient {
  readonly #routes: readonly AnyRoute[];

  constructor(client: TestClient, routes: readonly AnyRoute[]) {
    super(client.url, client.credential);
    this.#routes = routes;
  }

  override async call<Body = never>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>> {
    const answer = await super.call<Body>(method, path, options);
    const what = `${method} ${path}`;
    expect(answer.headers.get('x-request-id'), what).toMatch(/^[\w.-]{8,64}$/);
    expect(answer.headers.get('cache-control'), what).toBe('no-store');
    if (answer.status >= 400) expectProblem(answer, what);
    else if (!path.startsWith('//')) expectDocumented(this.#routes, method, path, answer);
    return answer;
  }
}

function expectProblem(answer: Answer<unknown>, what: string): void {
  const text = `${what} answered ${JSON.stringify(answer.body)}`;
  expect(answer.status, text).toBeLessThan(500);
  expect(answer.headers.get('content-type'), what).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.strict().parse(answer.body);
  const known = problemCatalogue[problem.code as ProblemCode];
  expect([problem.status, problem.title], text).toEqual([known?.status, known?.title]);
  expect(problem.status, text).toBe(answer.status);
  expect(problem.instance, text).toBe(answer.headers.get('x-request-id'));
  expect(problem.detail, text).toMatch(/^.{5,300}\.$/);
}

function expectDocumented(routes: readonly AnyRoute[], method: string, path: string, answer: Answer<unknown>): void {
  const what = `${method} ${path} -> ${answer.status}`;
  const route = routes.find((candidate) => candidate.method === method.toLowerCase() && matches(candidate.path, path));
  expect(route, `${what} is a documented route`).toBeDefined();
  const schema = route?.responses[answer.status];
  expect(schema, `${what} is a documented answer`).not.toBeUndefined();
  if (schema === null) {
    expect(answer.body, what).toBe('');
  } else if (typeof schema === 'object' && 'safeParse' in schema) {
    const parsed = (schema as z.ZodType).safeParse(answer.body);
    expect(parsed.error?.issues ?? [], what).toEqual([]);
    // Parsing drops what the schema does not name, so a difference is an undocumented field.
    expect(parsed.data, what).toEqual(answer.body);
  }
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern.replace(/:\w+/g, '[^/]+').replace(/\//g, '\\/');
  return new RegExp(`^${expression}$`).test(path.split('?')[0] ?? '');
}
