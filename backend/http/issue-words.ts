import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  date: 'a date',
};

/** What is wrong with a value of another kind than is asked for; the schemas say the rest in their own words. */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'invalid_type') return undefined;
  const { input, expected } = issue;
  if (input === undefined) return 'is missing';
  if (Array.isArray(input) && expected !== 'object') return 'must be one value, not a list';
  return kinds[expected] && `must be ${kinds[expected]}`;
};
