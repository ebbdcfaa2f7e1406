import type { ChangeBar, PipelineRecordsQuery, PipelineSet } from '../../../backend/contracts/pipeline-reports.ts';
import type { Query } from '../../base/api.ts';

/** A number that was activated: what it is called, and the question that lists its records. */
export interface PipelineDrill {
  /** the number in the reader's words */
  label: string;
  /** parameters of `GET analytics/pipeline/records` */
  query: Query;
}

/** What a view asks for when a number is activated. */
export interface Cell {
  set: PipelineSet;
  stage?: string;
  outcome?: NonNullable<PipelineRecordsQuery['outcome']>;
  basis?: PipelineRecordsQuery['basis'];
  minDays?: number;
  maxDays?: number;
  bar?: ChangeBar;
}

/** Opens the records behind a number. */
export type Drill = (label: string, cell: Cell) => void;
