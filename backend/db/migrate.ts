import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { type SqlRunner, sql } from './sql.ts';

const prismaFolder = fileURLToPath(new URL('../../prisma/', import.meta.url));

let engineClass: Promise<typeof SchemaEngine> | undefined;

/** Instantiates the WebAssembly module. Its glue code holds one instance, so this happens once a process. */
async function instantiateEngine(): Promise<typeof SchemaEngine> {
  const require = createRequire(import.meta.url);
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmPath = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const module = await WebAssembly.compile(await readFile(wasmPath));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': glue });
  const loaded = glue as unknown as { __wbg_set_wasm(exports: unknown): void; SchemaEngine: typeof SchemaEngine };
  loaded.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return loaded.SchemaEngine;
}

/** Prisma's own schema engine, compiled to WebAssembly, talking through `adapter`. */
export async function loadSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [string, string][] = [],
): Promise<SchemaEngine> {
  engineClass ??= instantiateEngine();
  return (await engineClass).new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

/** The migrations folder in the form the engine asks for. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = `${prismaFolder}migrations`;
  const names = (await readdir(baseDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(`${baseDir}/migration_lock.toml`, 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(`${baseDir}/${path}/migration.sql`, 'utf8'),
          },
        },
      })),
    ),
  };
}

/** The schema files: `[name, text]`. */
export async function readSchema(): Promise<[string, string][]> {
  const names = (await readdir(prismaFolder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(prismaFolder + name, 'utf8')]),
  );
}

/** Is every migration applied already? Then a start needs no engine, which takes a second to get going. */
export async function isMigrated(runner: SqlRunner): Promise<boolean> {
  const table = await runner.first<{ isThere: boolean }>(
    sql`select to_regclass('_prisma_migrations') is not null as "isThere"`,
  );
  if (!table?.isThere) return false;
  const applied = await runner.rows<{ name: string; isDone: boolean }>(sql`
    select migration_name as name, finished_at is not null and rolled_back_at is null as "isDone" from _prisma_migrations`);
  const names = new Set(applied.map(({ name }) => name));
  const { migrationDirectories } = await readMigrations();
  return applied.every(({ isDone }) => isDone) && migrationDirectories.every(({ path }) => names.has(path));
}

/** Applies what is missing; returns the names. The caller holds the migration lock. */
export async function applyMigrations(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const engine = await loadSchemaEngine(adapter, await readSchema());
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: await readMigrations(),
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}
