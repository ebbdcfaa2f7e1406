import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { type Place, placeOf, type World } from './world.ts';

/** What a record should be by now. Amounts are in cents. */
export interface ModelRecord {
  kind: PipelineEntity;
  id: string;
  name: string;
  company: string | null;
  amount: number | null;
  /** the chance of an opportunity of its own, in percent; null: that of its stage */
  percent: number | null;
  /** stages it has entered, the present one last */
  trail: string[];
  isDeleted: boolean;
  mergedInto: string | null;
  /** it was said why it is lost */
  hasReason: boolean;
  /** lines that are booked, while it is won */
  sales: number[];
  conversion: { opportunityId: string | null; isNew: boolean; fromStageId: string } | null;
}

export interface ModelMerge {
  id: string;
  kind: PipelineEntity;
  survivorId: string;
  absorbedIds: string[];
  /** the amount that the survivor had not */
  tookAmount: number | null;
  tookPercent: number | null;
  /** leads whose conversion led to an absorbed opportunity */
  leads: { leadId: string; from: string }[];
  isUndone: boolean;
}

export interface Model {
  records: ModelRecord[];
  merges: ModelMerge[];
}

export const stageOf = (world: World, { kind, trail }: ModelRecord): Place => placeOf(world, kind, trail.at(-1) ?? '');
export const isWon = (world: World, record: ModelRecord): boolean => stageOf(world, record).kind === 'won';
export const isGone = ({ isDeleted, mergedInto }: ModelRecord): boolean => isDeleted || mergedInto !== null;
export const moneyOf = (cents: number | null, { crm }: World) =>
  cents === null ? null : { amount: (cents / 100).toFixed(2), currency: crm.config.currency };

export function recordOf({ records }: Model, id: string): ModelRecord {
  const record = records.find((one) => one.id === id);
  if (!record) throw new Error(`the model knows no ${id}`);
  return record;
}

/** The one that a number stands for: of those that fit, or else of all, so that refusals are tried too. */
export function choose<T>(all: readonly T[], which: number, fits: (one: T) => boolean): T | undefined {
  const fitting = all.filter(fits);
  const list = fitting.length > 0 && which % 8 !== 7 ? fitting : all;
  return list[which % Math.max(list.length, 1)];
}

export const newRecord = (
  fields: Pick<ModelRecord, 'kind' | 'id' | 'name' | 'company' | 'amount' | 'trail'>,
): ModelRecord => ({
  percent: null,
  isDeleted: false,
  mergedInto: null,
  hasReason: false,
  sales: [],
  conversion: null,
  ...fields,
});
