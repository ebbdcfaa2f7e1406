import type { User } from '../../../backend/contracts/users.ts';
import { t } from '../text.ts';

/** How an account is protected, in a few words: `Password, app` or `Company login`. */
export function protectionText({ security }: Pick<User, 'security'>): string {
  const { hasPassword, mustResetPassword, totp, passkeys, sso } = security;
  const parts = [
    mustResetPassword ? t('protection.mustReset') : hasPassword ? t('protection.password') : '',
    totp ? t('protection.app') : '',
    passkeys > 0 ? t('protection.passkeys', { count: passkeys }) : '',
    ...sso,
  ].filter(Boolean);
  return parts.join(', ') || t('protection.none');
}

/** True where a second step guards the password. */
export const hasSecondStep = ({ security }: Pick<User, 'security'>): boolean => security.totp || security.passkeys > 0;
