import type { SalesLoad } from '../store/contract.ts';
import { dimensions } from '../store/dimensions.ts';
import { int32At, roughTenThousandths, type TakeRow, tenThousandths } from './binary-rows.ts';
import { decodeUuid, ValueCodes } from './value-codes.ts';

/** What a sale is loaded from, in this order. */
export const saleColumns = [
  ...['sold_on', 'product_id', 'product_category', 'region', 'team_id', 'owner_id', 'source', 'segment'],
  ...['amount_base', 'cost_base', 'quantity', 'account_id'],
] as const;

/** From 1970-01-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 10_957;
const DAY = 0;
/** the field of the first dimension, that of the first amount, and the account */
const [VALUES, AMOUNTS, ACCOUNT] = [1, 8, 11];
const UUIDS: ReadonlySet<string> = new Set(['product', 'team', 'owner']);

/** Takes sales in as a COPY of `saleColumns` sends them. */
export function saleReader(load: SalesLoad): TakeRow {
  const readers = dimensions.map(
    (dimension, index) =>
      new ValueCodes((bytes, from, to) =>
        load.codeOf(index, UUIDS.has(dimension) ? decodeUuid(bytes, from) : bytes.toString('utf8', from, to)),
      ),
  );
  const accounts = new ValueCodes((bytes, from) => load.accountCode(decodeUuid(bytes, from)));
  const codes = new Uint32Array(dimensions.length);
  const amounts = new Float64Array(AMOUNT_COUNT);

  return (bytes, starts, ends) => {
    for (let index = 0; index < codes.length; index++) {
      const [start, end] = [starts[VALUES + index] as number, ends[VALUES + index] as number];
      codes[index] = end < start ? 0 : (readers[index] as ValueCodes).codeOf(bytes, start, end);
    }
    let hasLarge = false;
    for (let index = 0; index < AMOUNT_COUNT; index++) {
      const [start, end] = [starts[AMOUNTS + index] as number, ends[AMOUNTS + index] as number];
      const value = end < start ? Number.NaN : roughTenThousandths(bytes, start);
      amounts[index] = value;
      if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) hasLarge = true;
    }
    const [start, end] = [starts[ACCOUNT] as number, ends[ACCOUNT] as number];
    const account = end < start ? 0 : accounts.codeOf(bytes, start, end);
    const row = load.add(int32At(bytes, starts[DAY] as number) + EPOCH_DAYS, codes, account, amounts);
    if (!hasLarge) return;
    for (const [index, value] of amounts.entries()) {
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        load.setLarge(row, index, tenThousandths(bytes, starts[AMOUNTS + index] as number));
      }
    }
  };
}

const AMOUNT_COUNT = 3;
