import type { LaneKind } from '../../../backend/contracts/boards.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Query } from '../../base/api.ts';

/** `detail` of `salespulse-card-open`. */
export interface CardOpen {
  entity: PipelineEntity;
  id: string;
}

/** `detail` of `salespulse-card-moved`; `from` and `to` are stage ids, the same one when only the order changed. */
export interface CardMoved extends CardOpen {
  from: string;
  to: string;
}

/** `detail` of `salespulse-board-change`: what the board shows from now on; null: as by default. */
export interface BoardChange {
  filters: Query;
  lanes: LaneKind | null;
  cardFields: string | null;
  asOf: string | null;
}
