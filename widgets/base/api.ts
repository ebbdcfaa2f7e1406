import type { Problem } from '../../backend/contracts/common.ts';
import type { Session } from './session.ts';
import { SessionError } from './session-error.ts';

/** A query: arrays are repeated parameters ("any of", '' in one asks for "not set"); undefined, null and '' are left out. */
export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;

export interface SendOptions {
  /** ETag as the server gave it, or a record's version number. */
  ifMatch?: string | number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Any failed request. `status` 0 means no answer: `code` is then `network`, `session_ended`,
 * `session_unavailable` or `not_configured`; otherwise `code` is the problem's stable code.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { pointer: string; message: string }[];
  /** The request id, for the person who is asked for help. */
  readonly requestId: string | undefined;

  constructor(
    problem: {
      status: number;
      code: string;
      detail: string;
      errors?: readonly { pointer: string; message: string }[] | undefined;
      requestId?: string | undefined;
    },
    options?: ErrorOptions,
  ) {
    super(problem.detail, options);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}

/** `?a=1&b=2&b=3`, or nothing where nothing is set. */
export function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) parameters.append(name, String(item));
    else if (value !== undefined && value !== null && value !== '') parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

/** `AbortError` of the request's own signal: nobody waits for this answer any more. */
export const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

/** The failed answer as an error. */
export async function problemOf(response: Response): Promise<ApiError> {
  const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
  const problem: Partial<Problem> = isJson ? await response.json().catch(() => ({})) : {};
  return new ApiError({
    status: response.status,
    code: problem.code ?? 'http',
    detail: problem.detail ?? problem.title ?? `The server answered with status ${response.status}.`,
    errors: problem.errors,
    requestId: problem.instance,
  });
}

/** JSON in and out over a session; every failure is an `ApiError`, except an abort, which stays one. */
export class ApiClient {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  get<T>(path: string, query?: Query, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
    return this.#request<T>(path + queryString(query), { headers: { Accept: 'application/json' } }, signal);
  }

  /** POST, PATCH, PUT or DELETE. An answer without content is `undefined`. */
  send<T>(
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    { ifMatch, idempotencyKey, signal }: SendOptions = {},
  ): Promise<T> {
    const headers = new Headers({ Accept: 'application/json' });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (ifMatch !== undefined) headers.set('If-Match', typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch);
    if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.#request<T>(path, { method, headers, ...content }, signal);
  }

  async #request<T>(path: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
    let response: Response;
    try {
      response = await this.session.fetch(path, signal ? { ...init, signal } : init);
    } catch (error) {
      if (isAbort(error)) throw error;
      const code = error instanceof SessionError ? error.code : 'network';
      const detail = error instanceof SessionError ? error.message : 'The server could not be reached.';
      throw new ApiError({ status: 0, code, detail }, { cause: error });
    }
    if (!response.ok) throw await problemOf(response);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
