import type { Query } from '../../../base/api.ts';
import type { BoardElement } from '../board-element.ts';
import { furtherFields } from '../view/board-view.ts';

/** What narrows the board of this element, and the fields of its cards, as the API takes it. */
export const boardQuery = ({ owner, filters, cardFields }: BoardElement): Query => ({
  owner,
  ...filters,
  fields: furtherFields(cardFields),
});
