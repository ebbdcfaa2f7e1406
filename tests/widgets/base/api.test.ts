import { describe, expect, it } from 'vitest';
import { ApiClient, ApiError, queryString } from '../../../widgets/base/api.ts';
import type { Session } from '../../../widgets/base/session.ts';
import { SessionError } from '../../../widgets/base/session-error.ts';

const sessionThat = (answer: Session['fetch']): Session => ({
  kind: 'cookie',
  server: '',
  fetch: answer,
  onEnded: () => () => {},
  end: () => {},
});
const failure = (answer: Session['fetch']) =>
  new ApiClient(sessionThat(answer)).get('me').then(
    () => {
      throw new Error('should have failed');
    },
    (error: unknown) => error as ApiError,
  );

describe('query string', () => {
  it('repeats lists, escapes values and leaves out what is not set', () => {
    expect(queryString({ a: 'x&y', b: ['1', '2'], c: undefined, d: null, e: '', f: 0, g: false })).toBe(
      '?a=x%26y&b=1&b=2&f=0&g=false',
    );
    expect(queryString({ a: undefined })).toBe('');
  });

  it('keeps an empty value of a list, which asks for "not set"', () => {
    expect(queryString({ source: ['', 'Web'] })).toBe('?source=&source=Web');
  });
});

describe('API client', () => {
  it('sends versions as ETags and keys of repeated requests', async () => {
    let seen: RequestInit | undefined;
    const api = new ApiClient(
      sessionThat(async (_path, init) => {
        seen = init;
        return new Response(null, { status: 204 });
      }),
    );
    expect(await api.send('PATCH', 'leads/1', { name: 'A' }, { ifMatch: 7, idempotencyKey: 'k' })).toBeUndefined();
    const headers = new Headers(seen?.headers);
    expect([headers.get('If-Match'), headers.get('Idempotency-Key'), seen?.body]).toEqual(['"7"', 'k', '{"name":"A"}']);
  });

  it('turns a problem into an error with its code, request id and all faults', async () => {
    const problem = {
      status: 422,
      code: 'invalid',
      detail: 'Not so.',
      instance: 'r1',
      errors: [{ pointer: '/a', message: 'no' }],
    };
    const error = await failure(async () => Response.json(problem, { status: 422 }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid',
      detail: 'Not so.',
      requestId: 'r1',
      errors: problem.errors,
    });
  });

  it('makes an error of an answer that is no problem document', async () => {
    const error = await failure(async () => new Response('<html>', { status: 502 }));
    expect(error).toMatchObject({ status: 502, code: 'http' });
  });

  it('says "network" where no answer came, and the session\'s own code where it failed', async () => {
    expect(await failure(() => Promise.reject(new TypeError('failed')))).toMatchObject({ status: 0, code: 'network' });
    const ended = new SessionError('session_ended', 'over');
    expect(await failure(() => Promise.reject(ended))).toMatchObject({ status: 0, code: 'session_ended' });
  });

  it('lets an abort stay an abort', async () => {
    const abort = new DOMException('stop', 'AbortError');
    expect(await failure(() => Promise.reject(abort))).toBe(abort);
  });
});
