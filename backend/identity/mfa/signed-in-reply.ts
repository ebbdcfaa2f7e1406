import type { Reply } from '../../http/index.ts';
import type { SignedIn } from '../sign-in.service.ts';

/** The answer that hands a session to the browser. */
export const signedInReply = ({ user, cookie }: SignedIn): Reply => ({
  body: { user },
  headers: { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
});
