export { type Asker, answerRead } from './answer-read.ts';
export { readBody } from './body.ts';
export { apiNotFound, asProblem, problemHandler } from './errors.ts';
export { createIdempotency, type Idempotency } from './idempotency.ts';
export { type MountDependencies, mountRoutes } from './mount.ts';
export { openApiDocument } from './openapi.ts';
export { type Cursor, cutPage, decodeCursor, encodeCursor } from './paging.ts';
export {
  type FieldProblem,
  forbidden,
  invalid,
  notFound,
  type ProblemCode,
  ProblemError,
  pointerPart,
  problemCatalogue,
  problemsBelow,
  stale,
} from './problems.ts';
export { created, versioned } from './replies.ts';
export {
  type AnyRoute,
  defineRoute,
  type Reply,
  type RouteContext,
} from './route.ts';
