import { isAllowed, type Principal, scopeOf } from '../access/index.ts';
import { forbidden } from '../http/index.ts';
import type { BuiltInKey } from './built-in/index.ts';
import type { Viewer } from './dashboard.repository.ts';

/** What a person starts with who has chosen nothing: it follows from how far their numbers reach. */
function suits(principal: Principal): BuiltInKey {
  const { kind } = scopeOf(principal, 'analytics.read');
  switch (kind) {
    case 'all':
      return 'executive';
    case 'team':
      return 'manager';
    case 'own':
    case 'none':
      return 'rep';
    default:
      return kind satisfies never;
  }
}

/** Looks after everything that is shared, built-in dashboards among it. */
export const isKeeper = (principal: Principal): boolean => isAllowed(principal, 'settings.manage');

export const viewerOf = (principal: Principal): Viewer => ({
  userId: principal.userId,
  roleKey: principal.roleKey,
  isKeeper: isKeeper(principal),
  suits: suits(principal),
});

/** @throws ProblemError forbidden for what others would see, without the right to share */
export function assertMayShare(principal: Principal, isShared: boolean, nouns: string): void {
  if (isShared && !isAllowed(principal, 'view.share')) throw forbidden(`share ${nouns}`);
}
