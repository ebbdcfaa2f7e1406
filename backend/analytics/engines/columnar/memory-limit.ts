import type { Config } from '../../../config.ts';
import type { SqlRunner } from '../../../db/index.ts';
import { estimateFacts } from './feed/log.repository.ts';
import type { StoreSize } from './worker/orders.ts';

/** What a sale takes in memory, and any other fact with its id. */
const SALE_BYTES = 30;
const OTHER_BYTES = 60;
const MEBIBYTE = 1024 * 1024;

/** Why a copy of this size is not kept; null: it is. */
export const whyTooLarge = (
  { analyticsEngine, analyticsMemoryMb }: Pick<Config, 'analyticsEngine' | 'analyticsMemoryMb'>,
  { bytes }: StoreSize,
): string | null =>
  analyticsEngine === 'auto' && bytes > analyticsMemoryMb * MEBIBYTE
    ? `its ${Math.ceil(bytes / MEBIBYTE)} MB are more than ANALYTICS_MEMORY_MB (${analyticsMemoryMb})`
    : null;

/** What a copy would be, before anything is read. */
export async function estimateSize(runner: SqlRunner): Promise<StoreSize> {
  const { sales, others } = await estimateFacts(runner);
  return { rows: sales + others, bytes: sales * SALE_BYTES + others * OTHER_BYTES };
}
