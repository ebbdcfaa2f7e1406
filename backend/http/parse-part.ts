import type { z } from 'zod';
import { issueWords } from './issue-words.ts';
import { type FieldProblem, ProblemError, pointerPart } from './problems.ts';

/** Reads a part of a request by its schema. @throws ProblemError with all problems, pointers below `prefix` */
export function parsePart(
  schema: z.ZodType | undefined,
  value: unknown,
  prefix: string,
  code: 'invalid' | 'not_found',
): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: issueWords });
  if (result.success) return result.data;
  if (code === 'not_found') throw new ProblemError('not_found', 'There is nothing at this address.');
  const errors: FieldProblem[] = result.error.issues.flatMap((issue) => issueProblems(issue, prefix));
  const [first] = errors;
  throw new ProblemError(
    'invalid',
    errors.length === 1 && first
      ? `${first.pointer.replace(/^\/(query\/)?/, '') || 'The body'}: ${first.message}.`
      : `The input has ${errors.length} problems; each is listed in errors.`,
    { errors },
  );
}

function issueProblems(issue: z.core.$ZodIssue, prefix: string): FieldProblem[] {
  const pointer = prefix + issue.path.map(pointerPart).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointer + pointerPart(key), message: 'is not a known field' }));
  }
  return [{ pointer, message: issue.message }];
}
