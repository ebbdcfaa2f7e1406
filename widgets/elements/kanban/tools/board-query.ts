import type { Query } from '../../../base/api.ts';
import type { SalesPulseKanban } from '../kanban.ts';
import { furtherFields } from '../view/board-view.ts';

/** What narrows the board of this element, and the fields of its cards, as the API takes it. */
export const boardQuery = ({ owner, filters, cardFields }: SalesPulseKanban): Query => ({
  owner,
  ...filters,
  fields: furtherFields(cardFields),
});
