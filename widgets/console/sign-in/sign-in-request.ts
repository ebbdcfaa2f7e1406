import type { Me } from '../../../backend/contracts/auth.ts';
import type { Problem } from '../../../backend/contracts/common.ts';
import type { Session } from '../../base/session.ts';
import { t } from '../text.ts';

export type SignInOutcome =
  | { kind: 'signed-in'; me: Me }
  /** Too many attempts: how long to wait. */
  | { kind: 'wait'; seconds: number }
  | { kind: 'refused'; reason: string; errors: NonNullable<Problem['errors']> };

/** Where the server names no time to wait. */
const defaultWaitSeconds = 60;

/** Trades e-mail and password for the session cookie. Never throws: every way it can end is an outcome. */
export function signIn(session: Session, email: string, password: string): Promise<SignInOutcome> {
  return enter(session, 'auth/login', { email, password });
}

/** Makes the first administrator with the one-time token of the set-up link, and signs them in. */
export function setUp(
  session: Session,
  body: { token: string; email: string; name: string; password: string },
): Promise<SignInOutcome> {
  return enter(session, 'auth/setup', body);
}

async function enter(session: Session, path: string, body: object): Promise<SignInOutcome> {
  let response: Response;
  try {
    response = await session.fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return { kind: 'refused', reason: t('problem.network'), errors: [] };
  }
  if (response.status === 429) return { kind: 'wait', seconds: secondsToWait(response.headers.get('Retry-After')) };
  const answer = await read(response);
  if (response.ok && 'user' in answer) return { kind: 'signed-in', me: answer.user };
  if ('mfaRequired' in answer) return { kind: 'refused', reason: t('signIn.mfa'), errors: [] };
  const { detail, errors } = answer as Partial<Problem>;
  return { kind: 'refused', reason: detail ?? t('problem.unexpected'), errors: errors ?? [] };
}

type Answer = { user: Me } | { mfaRequired: true } | Partial<Problem>;

async function read(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    // A proxy's HTML page instead of an answer of ours: the general sentence says all we know.
    return {};
  }
}

/** `Retry-After` in seconds or as a date. */
function secondsToWait(header: string | null): number {
  if (header === null) return defaultWaitSeconds;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(1, seconds) : defaultWaitSeconds;
}
