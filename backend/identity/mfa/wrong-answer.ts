import { invalid, type ProblemError } from '../../http/index.ts';
import type { Offered, Verdict } from './factors.ts';

/** What is said of a proof that was not right; `invalid`, as the person may try again. */
export function wrongAnswer(kind: Offered['kind'], verdict: Exclude<Verdict, 'right'>): ProblemError {
  if (verdict === 'copied')
    return invalid('/response', 'comes from a passkey that was copied; remove it and use another way');
  switch (kind) {
    case 'totp':
      return invalid('/code', 'is wrong or was used before; wait for the next one');
    case 'recovery':
      return invalid('/code', 'is wrong or was used before');
    case 'passkey':
      return invalid('/response', 'is not from a passkey of yours for this question');
    default:
      return kind satisfies never;
  }
}
