import { onTestFinished } from 'vitest';
import { type BulkTx, type Database, type Sql, sql } from '../../../../backend/db/index.ts';

/** A transaction that stays open for as long as the test wants; for databases with more than one connection. */
export interface OpenTransaction {
  run(statement: Sql): Promise<void>;
  /** its number in the server */
  id(): Promise<string | undefined>;
  commit(): Promise<void>;
}

/** Begins one; what was not committed when the test ends is taken back. */
export async function openTransaction(database: Database): Promise<OpenTransaction> {
  let end: { commit(): void; takeBack(): void } | undefined;
  let whole: Promise<void> | undefined;
  const tx = await new Promise<BulkTx>((begun, failed) => {
    whole = database.bulk(
      (own) =>
        new Promise<void>((resolve, reject) => {
          end = { commit: resolve, takeBack: () => reject(new Error('the test is over')) };
          begun(own);
        }),
    );
    whole.catch(failed); // once it has begun, `commit` hears of it
  });
  onTestFinished(async () => {
    end?.takeBack();
    await whole?.catch(() => {}); // as it should
  });
  return {
    async run(statement) {
      await tx.sql.rows(statement);
    },
    id: async () => (await tx.sql.first<{ id: string }>(sql`select pg_current_xact_id()::text as id`))?.id,
    async commit() {
      end?.commit();
      await whole;
    },
  };
}
