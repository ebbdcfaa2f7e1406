import { ApiError, problemOf } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { WaitError } from '../parts/wait-error.ts';
import { t } from '../text.ts';

/** Where the server names no time to wait. */
const defaultWaitSeconds = 60;

/**
 * POSTs to a route that slows guessing down.
 *
 * @throws WaitError after too many attempts, ApiError for every other refusal
 */
export async function ask<T>(session: Session, path: string, body: object = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(session, path, body, signal);
  if (response.status === 429) {
    const seconds = secondsToWait(response.headers.get('Retry-After'), Date.now());
    throw new WaitError(seconds, t('form.wait', { count: seconds }));
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function send(session: Session, path: string, body: object, signal?: AbortSignal): Promise<Response> {
  try {
    return await session.fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: 'network', detail: t('problem.network') }, { cause: error });
  }
}

/** `Retry-After` in seconds or as a date. */
export function secondsToWait(header: string | null, now: number): number {
  if (header === null) return defaultWaitSeconds;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(1, seconds) : defaultWaitSeconds;
}
