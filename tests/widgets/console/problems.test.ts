import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../widgets/base/api.ts';
import { sharedMessages } from '../../../widgets/console/messages.ts';
import { fieldProblems, problemText } from '../../../widgets/console/parts/problems.ts';
import { addMessages } from '../../../widgets/console/text.ts';

addMessages(sharedMessages);
const refused = (errors: { pointer: string; message: string }[]) =>
  new ApiError({ status: 422, code: 'invalid', detail: 'Two fields are wrong.', errors });

describe('fieldProblems', () => {
  it('puts each message to the input it is about', () => {
    const error = refused([
      { pointer: '/email', message: 'must be an e-mail address' },
      { pointer: '/value/amount', message: 'must be a decimal number' },
      { pointer: '/custom/size', message: 'must be one of S, M' },
      { pointer: '/allowedOrigins/1', message: 'must be an exact origin' },
    ]);
    const { byField, others } = fieldProblems(error, ['email', 'value', 'custom.size', 'allowedOrigins']);
    expect([...byField.keys()]).toEqual(['email', 'value', 'custom.size', 'allowedOrigins']);
    expect(others).toEqual([]);
  });

  it('joins several messages about one input and keeps those about none', () => {
    const error = refused([
      { pointer: '/name', message: 'must not be empty' },
      { pointer: '/name', message: 'must be one line' },
      { pointer: '/query/cursor', message: 'is not a cursor' },
      { pointer: '', message: 'is not an object' },
    ]);
    const { byField, others } = fieldProblems(error, ['name']);
    expect(byField.get('name')).toBe('must not be empty; must be one line');
    expect(others).toEqual(['is not a cursor', 'is not an object']);
  });

  it('has nothing to say of an error without fields', () => {
    expect(fieldProblems(new TypeError('x'), ['name'])).toEqual({ byField: new Map(), others: [] });
  });
});

describe('problemText', () => {
  it("shows the server's own sentence, and ours where there was no answer", () => {
    expect(problemText(refused([]))).toBe('Two fields are wrong.');
    const lost = new ApiError({ status: 0, code: 'network', detail: 'fetch failed' });
    expect(problemText(lost)).toBe(sharedMessages['problem.network']);
    expect(problemText(new TypeError('x is undefined'))).toBe(sharedMessages['problem.unexpected']);
  });
});
