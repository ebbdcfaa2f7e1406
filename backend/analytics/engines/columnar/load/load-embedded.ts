import { type BulkTx, type Database, raw, sql } from '../../../../db/index.ts';
import type { ChangeTexts } from '../feed/change-texts.ts';
import { buyingAccounts, type Fields } from '../feed/fact-fields.ts';
import { readDatabaseState } from '../feed/log.repository.ts';
import { pollChanges } from '../feed/poll.repository.ts';
import type { StoreSize } from '../worker/orders.ts';
import type { StoreHost } from '../worker/store-host.ts';
import { customersCopy, type FactCopy, otherCopies, salesOfDays } from './copy-statements.ts';

/** Rows of one piece, unless one day has more: others wait for the database less than a tenth of a second. */
const PIECE_ROWS = 10_000;

/** Accounts of one piece. */
const PIECE_ACCOUNTS = 2_000;

/** Too much happened while facts were read; they are read again. */
class ChangedTooMuch extends Error {
  constructor() {
    super('too much changed while the facts were read');
    this.name = 'ChangedTooMuch';
  }
}

interface EmbeddedLoad {
  database: Database;
  host: StoreHost;
  timeZone: string;
  onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Reads all facts of the embedded database, whose only connection is in this thread and is everybody's: a few thousand
 * rows at a time, each piece in a transaction of its own, with others' work in between.
 *
 * That is exact although the pieces are of different moments. Sales are read day by day, in order. With each piece the
 * log is read in the same transaction; of what happened since the piece before, sales of days that are read already are
 * kept as changes, those of later days are in the pieces to come. Records known by their id are kept as changes
 * always: the last state of each is applied last.
 */
export async function loadEmbedded(load: EmbeddedLoad): Promise<StoreSize & { snapshot: string }> {
  const { database, host, timeZone, onProgress } = load;
  const kept: ChangeTexts[] = [];
  let snapshot: string | null = null;

  /** One piece: what happened since the last one, and what `read` reads, of one moment. */
  const step = <T>(fromDay: number, read: (tx: BulkTx) => Promise<T>): Promise<T> =>
    database.bulk(async (tx) => {
      if (snapshot === null) {
        ({ snapshot } = await readDatabaseState(tx.sql));
      } else {
        const poll = await pollChanges(tx.sql, timeZone, { snapshot, origin: null });
        if (poll.isUntold) throw new ChangedTooMuch();
        snapshot = poll.snapshot;
        if (poll.weight > 0) kept.push({ ...poll.changes, sales: ofDaysBefore(poll.changes.sales, fromDay) });
      }
      return read(tx);
    });
  const hand = async ({ fact, fields }: FactCopy, bytes: Uint8Array): Promise<void> => {
    const { rows } = await host.ask('take', { fact, fields, bytes });
    onProgress?.(rows);
  };

  await host.ask('begin', {});
  for (let from: Day | null = { text: '-infinity', day: Number.NEGATIVE_INFINITY }; from !== null; ) {
    const start: Day = from;
    const piece = await step(start.day, async (tx) => {
      const until = await nextDay(tx, start.text);
      const copy = salesOfDays(start.text, until?.text ?? null);
      return { until, copy, bytes: await tx.copyOut(copy.query) };
    });
    await hand(piece.copy, piece.bytes);
    from = piece.until;
  }
  for (let after: string | null = null, isLast = false; !isLast; ) {
    const begin: string | null = after;
    const piece = await step(Number.POSITIVE_INFINITY, async (tx) => {
      const upTo = await lastAccount(tx, begin);
      const copy = customersCopy({ after: begin, upTo });
      return { upTo, copy, bytes: await tx.copyOut(copy.query) };
    });
    await hand(piece.copy, piece.bytes);
    after = piece.upTo;
    isLast = after === null;
  }
  for (const copy of otherCopies(timeZone)) {
    await hand(copy, await step(Number.POSITIVE_INFINITY, (tx) => tx.copyOut(copy.query)));
  }
  let size = await host.ask('finish', {});
  for (const changes of kept) size = await host.ask('apply', { changes });
  if (snapshot === null) throw new Error('nothing was read');
  return { ...size, snapshot };
}

interface Day {
  text: string;
  /** since 1970-01-01 */
  day: number;
}

/** The day that the piece after the one that begins with `from` begins with; null: there is none. */
async function nextDay({ sql: runner }: BulkTx, from: string): Promise<Day | null> {
  const found = await runner.first<Day>(sql`
    with reached as (
      select sold_on from sale where sold_on >= ${from}::date order by sold_on offset ${PIECE_ROWS}::int limit 1
    )
    select s.sold_on::text as text, s.sold_on - date '1970-01-01' as day from reached cross join lateral (
      select sold_on from sale where sold_on >= reached.sold_on and sold_on > (
        select sold_on from sale where sold_on >= ${from}::date order by sold_on limit 1)
      order by sold_on limit 1) s`);
  return found ?? null;
}

/** The last account of the piece that begins after `after`; null: all that are left make one piece. */
async function lastAccount({ sql: runner }: BulkTx, after: string | null): Promise<string | null> {
  const found = await runner.first<{ id: string }>(
    sql`select id::text as id from (${raw(buyingAccounts({ after }))}) a offset ${PIECE_ACCOUNTS - 1}::int limit 1`,
  );
  return found?.id ?? null;
}

/** The lines of the log about sales of days before `day`. */
function ofDaysBefore(sales: string | null, day: number): string | null {
  if (sales === null || day === Number.POSITIVE_INFINITY) return sales;
  const statements = JSON.parse(sales) as Fields[][];
  return JSON.stringify(statements.map((lines) => lines.filter(([, of]) => Number(of) < day)));
}
