import { isAllowed, type Permission, type Principal } from '../access/index.ts';
import type { SignInSettings } from '../contracts/administration.ts';
import type { SignInMethod } from './session.repository.ts';

/** Who holds one of these can open doors for others: an administrator, whatever the role is called. */
const ADMINISTRATIVE: readonly Permission[] = [
  'user.manage',
  'role.manage',
  'team.manage',
  'api-key.manage',
  'embed.manage',
  'settings.manage',
];

/** Does the company ask this person for a second step that they don't have? A single sign-on provider sees to its own. */
export function owesSecondStep(
  { requireSecondStep }: Pick<SignInSettings, 'requireSecondStep'>,
  principal: Principal,
  { hasSecondStep, method }: { hasSecondStep: boolean; method: SignInMethod },
): boolean {
  if (requireSecondStep === 'nobody' || hasSecondStep || method === 'sso') return false;
  return requireSecondStep === 'everybody' || ADMINISTRATIVE.some((permission) => isAllowed(principal, permission));
}
