import type { ApiError } from '../../base/api.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { errorText } from '../../base/states.ts';
import type { MadeMove } from './board-store.ts';

/** Why a move didn't happen, in the reader's words; where a rule of the server stood in the way, in the server's. */
export function refusalText(element: SalesPulseElement, { card }: MadeMove, error: ApiError): string {
  const { title } = card;
  const further = error.errors.map(({ message }) => message).filter((message) => !error.detail.includes(message));
  const reason = [error.detail, ...new Set(further)].filter(Boolean).slice(0, 3).join(' ');
  switch (error.status) {
    case 412:
      return element.t('refused.stale', { title });
    case 409:
      return element.t('refused.other', { title, reason: error.detail });
    case 404:
      return element.t('refused.gone', { title });
    case 400:
    case 403:
    case 422:
      return element.t('refused.other', { title, reason });
    default:
      return element.t('refused.other', { title, reason: errorText(element, error) });
  }
}

/** Whether the refusal shows that the board on screen is out of date, or may be. */
export const asksForRefresh = (error: ApiError): boolean => error.status !== 403 && error.status !== 422;
