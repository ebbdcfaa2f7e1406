import type { LaneKind } from '../../../backend/contracts/boards.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Query } from '../../base/api.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import type { LaneSeat } from './lane-seat.ts';

/** The board as its parts see it. */
export interface BoardElement extends SalesPulseElement {
  entity: PipelineEntity;
  owner: string | undefined;
  cardFields: string | undefined;
  lanes: LaneKind | undefined;
  asOf: string | undefined;
  filters: Query;
  seat: LaneSeat | undefined;
  refresh(): Promise<void>;
}
