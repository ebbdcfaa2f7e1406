import type { User } from '../../../backend/contracts/users.ts';
import { hasSecondStep } from './protection.ts';

/** Something an administrator does with somebody's account. Its texts are `userAction.KEY` and `userAction.KEY.text`. */
export interface UserAction {
  key: 'invitation' | 'password-reset' | 'mfa-reset' | 'sign-out' | 'deactivate' | 'reactivate';
  isDanger: boolean;
  /** The status it sets; null: `POST users/:id/KEY`. */
  status: 'active' | 'deactivated' | null;
}

const posted = (key: UserAction['key']): UserAction => ({ key, isDanger: false, status: null });
const deactivate: UserAction = { key: 'deactivate', isDanger: true, status: 'deactivated' };
const reactivate: UserAction = { key: 'reactivate', isDanger: false, status: 'active' };

/** What makes sense for this person now; one's own account is managed on one's own page. */
export function actionsFor(user: User, myId: string): UserAction[] {
  if (user.id === myId) return [];
  switch (user.status) {
    case 'invited':
      return [posted('invitation'), deactivate];
    case 'active':
      return [
        posted('sign-out'),
        ...(user.security.hasPassword ? [posted('password-reset')] : []),
        ...(hasSecondStep(user) ? [posted('mfa-reset')] : []),
        deactivate,
      ];
    case 'deactivated':
      return [reactivate];
    case 'placeholder':
      return [];
    default:
      return user.status satisfies never;
  }
}
