import type { Problem } from '../contracts/common.ts';

/** The one catalogue of error codes: status and title of each. `code` is stable; clients may switch on it. */
export const problemCatalogue = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  invalid_credentials: { status: 401, title: 'E-mail or password is wrong' },
  invalid_assertion: { status: 401, title: 'The host assertion is not valid' },
  invalid_client_secret: {
    status: 401,
    title: 'The client secret is not valid',
  },
  session_ended: { status: 401, title: 'The session has ended' },
  forbidden: { status: 403, title: 'You may not do this' },
  proof_required: { status: 403, title: 'Prove once more that it is you' },
  second_step_required: { status: 403, title: 'Set up a second step first' },
  password_reset_required: { status: 403, title: 'A new password is needed' },
  link_not_valid: { status: 403, title: 'The link is not valid any more' },
  csrf: { status: 403, title: 'The request did not come from the console' },
  origin_not_allowed: { status: 403, title: 'This origin is not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: {
    status: 409,
    title: 'The change conflicts with the present state',
  },
  request_in_progress: {
    status: 409,
    title: 'The same request is still running',
  },
  stale: { status: 412, title: 'Somebody changed this in the meantime' },
  transition_not_allowed: { status: 409, title: 'The pipeline does not allow this move' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  invalid: { status: 422, title: 'The input is not valid' },
  stage_requirements: { status: 422, title: 'The stage asks for more' },
  idempotency_mismatch: {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
  },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is not ready' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof problemCatalogue;

export interface FieldProblem {
  /** JSON pointer into the body, or `/query/name`, `/path/name` */
  pointer: string;
  message: string;
}

/** One step of a JSON pointer (RFC 6901). */
export const pointerPart = (key: PropertyKey): string => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`;

/** An expected refusal, carried to the edge and answered as problem+json. `message` is one clear sentence. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    message: string,
    options: {
      errors?: readonly FieldProblem[];
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return problemCatalogue[this.code].status;
  }

  /** The body of the answer. */
  toProblem(requestId: string): Problem {
    const { status, title } = problemCatalogue[this.code];
    return {
      type: `/api/docs#problem-${this.code}`,
      title,
      status,
      detail: this.message,
      instance: requestId,
      code: this.code,
      ...(this.errors.length > 0 ? { errors: [...this.errors] } : {}),
    };
  }
}

export const notFound = (noun: string): ProblemError =>
  new ProblemError('not_found', `There is no such ${noun}, or you may not see it.`);

export const forbidden = (what: string): ProblemError =>
  new ProblemError('forbidden', `Your role does not allow you to ${what}.`);

export const stale = (noun: string): ProblemError =>
  new ProblemError('stale', `Somebody changed this ${noun} in the meantime. Load it again and repeat your change.`);

export const invalid = (pointer: string, message: string): ProblemError =>
  new ProblemError('invalid', `${pointer.replace(/^\//, '') || 'The request'} ${message}.`, {
    errors: [{ pointer, message }],
  });

/** What is wrong with a part of a request, with pointers into the whole of it. */
export async function problemsBelow<T>(pointer: string, part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
    const errors = error.errors.map((problem) => ({ ...problem, pointer: pointer + problem.pointer }));
    throw new ProblemError(error.code, error.message, { errors, cause: error });
  }
}
