import type { ApiError } from '../../../base/api.ts';
import type { Variables } from '../../../base/i18n.ts';

/** Why a move didn't happen, in the reader's words; where a rule of the server stood in the way, in the server's. */
export function refusalText(
  t: (key: string, variables?: Variables) => string,
  title: string,
  error: ApiError,
  general: string,
): string {
  const further = error.errors.map(({ message }) => message).filter((message) => !error.detail.includes(message));
  const reason = [error.detail, ...new Set(further)].filter(Boolean).slice(0, 3).join(' ');
  switch (error.status) {
    case 412:
      return t('refused.stale', { title });
    case 409:
      return t('refused.other', { title, reason: error.detail });
    case 404:
      return t('refused.gone', { title });
    case 400:
    case 403:
    case 422:
      return t('refused.other', { title, reason });
    default:
      return t('refused.other', { title, reason: general });
  }
}
