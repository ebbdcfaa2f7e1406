import { type SqlRunner, sql } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { maskedUrl, type SystemPart } from '../part.ts';
import { reasonOf } from '../patience.ts';

/** Older servers lack what statements of ours use. */
const OLDEST_MAJOR = 15;

interface DatabaseFacts {
  version: string;
  megabytes: number;
  migrations: number;
  unfinished: string | null;
  lastMigration: string | null;
}

const readFacts = (runner: SqlRunner): Promise<DatabaseFacts | undefined> =>
  runner.first<DatabaseFacts>(sql`
    select current_setting('server_version') as version,
      round(pg_database_size(current_database()) / 1048576.0)::int as megabytes,
      (select count(*)::int from _prisma_migrations where finished_at is not null) as migrations,
      (select migration_name from _prisma_migrations where finished_at is not null
        order by finished_at desc, migration_name desc limit 1) as "lastMigration",
      (select migration_name from _prisma_migrations where finished_at is null and rolled_back_at is null limit 1) as unfinished`);

/** The store: which it is, how large, and whether its tables are those of this version. */
export function databasePart({ config, database }: Pick<Dependencies, 'config' | 'database'>): SystemPart {
  const isEmbedded = database.engine === 'pglite';
  return {
    key: 'database',
    label: 'Database',
    async look() {
      const found = await readFacts(database.sql);
      if (!found) throw new Error('the database answered nothing');
      const { version, megabytes, migrations, unfinished, lastMigration } = found;
      const facts = [
        { label: 'Engine', value: isEmbedded ? 'PGlite (PostgreSQL in this process)' : 'PostgreSQL server' },
        { label: 'Version', value: version },
        {
          label: isEmbedded ? 'Data folder' : 'Address',
          value: config.databaseUrl === null ? config.dataDir : maskedUrl(config.databaseUrl),
        },
        { label: 'Size', value: `${megabytes} MiB` },
        { label: 'Migrations', value: `${migrations} applied, the last is ${lastMigration ?? 'none'}` },
      ];
      if (unfinished !== null) {
        const detail = `The migration ${unfinished} is not finished. Look into the log of the last start, then start SalesPulse again.`;
        return { status: 'failed', detail, facts };
      }
      if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
        const detail = `PostgreSQL ${version} is older than this version was tested with. Upgrade the server to ${OLDEST_MAJOR} or newer.`;
        return { status: 'warning', detail, facts };
      }
      const detail = isEmbedded
        ? 'The embedded database works. It serves one process on one machine: back up its folder, and set DATABASE_URL before you run several.'
        : 'The database works and its tables are up to date. Nothing to do but regular backups.';
      return { status: 'ok', detail, facts };
    },
    async test() {
      const startedAt = performance.now();
      try {
        const read = await database.transaction(async ({ sql: runner }) => {
          await runner.rows(sql`create temporary table system_test (word text) on commit drop`);
          await runner.rows(sql`insert into system_test (word) values ('written')`);
          return runner.first<{ word: string }>(sql`select word from system_test`);
        });
        if (read?.word !== 'written') throw new Error('what was written could not be read again');
      } catch (error) {
        const detail = `The database did not do what it was asked: ${reasonOf(error)}. Check that its server runs and that its disk is not full.`;
        return { status: 'failed', detail };
      }
      return { status: 'ok', detail: `The database wrote and read in ${Math.ceil(performance.now() - startedAt)} ms.` };
    },
  };
}
