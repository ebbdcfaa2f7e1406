// A worker of rules in a process of its own. `before:3`: dies by SIGKILL when its third transaction has done all it
// does but is not committed; `after:3`: right after that commit; `never`: works until nothing is left and exits.
import { pino } from 'pino';
import { workOff } from '../../backend/automation/worker.ts';
import { loadConfig } from '../../backend/config.ts';
import { type Database, openPostgres } from '../../backend/db/index.ts';
import { createIdentity } from '../../backend/identity/index.ts';
import { ruleDependencies } from '../../backend/start-rules.ts';

const [when = 'never', count = '0'] = (process.argv[2] ?? 'never').split(':');
let left = Number(count);

const die = () => process.kill(process.pid, 'SIGKILL');

/** The store, with death at the appointed transaction. */
function mortal(database: Database): Database {
  const watched =
    <Transaction>(run: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>) =>
    async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
      const result = await run(async (tx: Transaction) => {
        const done = await work(tx);
        if (when === 'before' && --left === 0) die();
        return done;
      });
      if (when === 'after' && --left === 0) die();
      return result;
    };
  return { ...database, transaction: watched(database.transaction), bulk: watched(database.bulk) };
}

const config = loadConfig();
const database = await openPostgres(config.databaseUrl ?? '', 4);
const deps = { config, database: mortal(database), logger: pino({ level: 'silent' }), clock: () => new Date() };
process.stdout.write('started\n');
await workOff(ruleDependencies(deps, createIdentity({ ...deps, database })));
await database.close();
