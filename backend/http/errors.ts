import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { isCollision, sqlStateOf } from '../db/index.ts';
import { requestIdOf } from './mount.ts';
import { ProblemError } from './problems.ts';

/** Answers whatever was thrown as problem+json. Unexpected errors are logged and say nothing about themselves. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const problem = asProblem(error);
    const requestId = requestIdOf(res);
    if (problem.status >= 500)
      logger.error({ err: error, requestId, method: req.method, path: req.path }, 'request failed');
    for (const [name, value] of Object.entries(problem.headers)) res.setHeader(name, value);
    res.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    res.setHeader('Cache-Control', 'no-store');
    res.statusCode = problem.status;
    res.end(JSON.stringify(problem.toProblem(requestId)));
  };
}

/** The last handler below /api: nothing matched. */
export const apiNotFound: RequestHandler = (req) => {
  throw new ProblemError('not_found', `There is nothing at ${req.method} ${req.path}.`);
};

/** Invalid text for a type: the database's word for input that validation let through (NUL, lone surrogates, overflow). */
const INPUT_SQLSTATES = new Set(['22P02', '22021', '22P05', '22003', '22007', '22008']);

/** What somebody is told of an error; what isn't known is `internal`. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const { status, type, code } = (error ?? {}) as {
    status?: number;
    type?: string;
    code?: string;
  };
  const sqlState = sqlStateOf(error);
  if (error instanceof URIError || type === 'entity.parse.failed') {
    return new ProblemError('malformed_request', 'The request cannot be read.', { cause: error });
  }
  if (sqlState !== undefined && INPUT_SQLSTATES.has(sqlState)) {
    return new ProblemError(
      'invalid',
      'A value cannot be stored as it is; check numbers, dates and special characters.',
      { cause: error },
    );
  }
  if (isCollision(error)) {
    return new ProblemError(
      'unavailable',
      'Others are changing the same records at this moment, so nothing was changed. Try again in a moment.',
      { cause: error, headers: { 'Retry-After': '1' } },
    );
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ProblemError('malformed_request', 'The request ended before it was complete.', { cause: error });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError('malformed_request', 'The request cannot be read.', { cause: error });
  }
  return new ProblemError(
    'internal',
    'Something went wrong on our side. Try again; if it stays, tell your administrator the request id.',
    {
      cause: error,
    },
  );
}
