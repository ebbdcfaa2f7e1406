// npm run migration:new NAME: writes prisma/migrations/<time>_NAME/migration.sql from the difference
// between the migrations so far and the schema, offline, against an in-memory PGlite.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { pgliteExtensions } from '../backend/db/index.ts';
import { loadSchemaEngine, readMigrations, readSchema } from '../backend/db/migrate.ts';

const NO_FILTER = { externalTables: [], externalEnums: [] };

/** SQL that takes a database at the last migration to the schema as written; empty when nothing differs. */
export async function pendingMigration(): Promise<string> {
  const create = async () => new PrismaPGlite(await PGlite.create({ extensions: pgliteExtensions }));
  const adapter = (await create()) as unknown as SqlMigrationAwareDriverAdapterFactory;
  // Its own shadow database would know no extensions, and the engine keeps quiet about migrations that fail there.
  const shadow = (await create()) as unknown as SqlMigrationAwareDriverAdapterFactory;
  adapter.connectToShadowDb = () => shadow.connect();
  const files = (await readSchema()).map(([path, content]) => ({ path, content }));
  const engine = await loadSchemaEngine(adapter, await readSchema());
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await readMigrations()) },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: NO_FILTER,
  });
  return !stdout || stdout.includes('This is an empty migration') ? '' : stdout;
}

async function main(name: string | undefined): Promise<void> {
  const script = await pendingMigration();
  if (name === '--check') {
    if (script)
      throw new Error(`The schema has changes without a migration. Run: npm run migration:new NAME\n${script}`);
    return;
  }
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name))
    throw new Error('Usage: npm run migration:new NAME (lower case, digits, _)');
  if (!script) {
    console.log('Nothing differs: the migrations already describe the schema.');
    return;
  }
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = fileURLToPath(new URL(`./migrations/${time}_${name}`, import.meta.url));
  await mkdir(folder);
  await writeFile(`${folder}/migration.sql`, script);
  console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
}

if (import.meta.main) {
  try {
    await main(process.argv[2]);
    process.exit(0);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
