import type { Database } from '../../../backend/db/index.ts';
import { insertSales, salesToWrite } from './written-sales.ts';

const ROWS = 5;

/** Commits sales from the server's own process, which alone has the embedded store open, until the process ends. */
export async function writeInside(database: Database, rowsPerSecond: number): Promise<void> {
  const idsOf = async (table: string): Promise<string[]> => {
    const { rows } = await database.executeSql(`select id::text as id from ${table} order by id limit 5000`);
    return (rows as { id: string }[]).map(({ id }) => id);
  };
  const accounts = await idsOf('account');
  const products = await idsOf('product');
  const everyMs = (1000 * ROWS) / rowsPerSecond;
  const text = insertSales(ROWS);
  for (let due = performance.now(); ; due += everyMs) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await database.executeSql(text, salesToWrite(ROWS, accounts, products));
  }
}
