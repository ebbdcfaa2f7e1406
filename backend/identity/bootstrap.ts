import { builtInRoles } from '../access/index.ts';
import type { Config } from '../config.ts';
import { insertBuiltInDashboards } from '../dashboards/index.ts';
import { type Database, type SqlRunner, sql } from '../db/index.ts';
import { insertDefaultPipelines } from '../pipeline/index.ts';

/** Chosen once; every replica of a database must agree on it. */
const BOOTSTRAP_LOCK = 7_203_114_003;

/**
 * Puts in place what every installation has: built-in roles (brought up to this version's rights), default
 * pipelines where there are none, the dashboards that come with the product, the company currency. Safe to run
 * at every start, from several processes at once. The currency of the first start stays, because amounts are
 * stored in it; `warn` is told when the configuration now names another.
 */
export async function bootstrap(
  database: Database,
  config: Pick<Config, 'currency'>,
  warn: (message: string) => void = console.warn,
): Promise<void> {
  const kept = await database.transaction(async (tx) => {
    await tx.sql.rows(sql`select pg_advisory_xact_lock(${BOOTSTRAP_LOCK}::bigint)::text as locked`);
    await upsertRoles(tx.sql);
    await insertDefaultPipelines(tx.sql);
    await insertBuiltInDashboards(tx.sql);
    return keepCurrency(tx.sql, config.currency);
  });
  if (kept !== config.currency) {
    warn(
      `COMPANY_CURRENCY is ${config.currency}, but this database was set up with ${kept}. ${kept} stays; amounts are stored in it.`,
    );
  }
}

async function upsertRoles(runner: SqlRunner): Promise<void> {
  for (const role of builtInRoles) {
    await runner.rows(sql`
      insert into role (key, name, is_built_in, permissions, field_groups)
      values (${role.key}, ${role.name}, true, ${JSON.stringify(role.permissions)}::jsonb,
              ${role.fieldGroups}::text[])
      on conflict (key) do update
        set name = excluded.name, is_built_in = true, permissions = excluded.permissions,
            field_groups = excluded.field_groups, version = role.version + 1, updated_at = now()
        where (role.name, role.permissions, role.field_groups, role.is_built_in)
          is distinct from (excluded.name, excluded.permissions, excluded.field_groups, true)`);
  }
}

/** Stores the currency unless one is there; answers the one that counts. */
async function keepCurrency(runner: SqlRunner, currency: string): Promise<string> {
  await runner.rows(sql`
    insert into setting (key, value) values ('currency', to_jsonb(${currency}::text)) on conflict (key) do nothing`);
  const row = await runner.first<{ currency: string }>(sql`
    select value #>> '{}' as currency from setting where key = 'currency'`);
  const kept = row?.currency ?? currency;
  await runner.rows(sql`
    insert into currency (code, name, minor_digits)
    values (${kept}, ${new Intl.DisplayNames('en', { type: 'currency' }).of(kept) ?? kept}, currency_digits(${kept}))
    on conflict (code) do nothing`);
  return kept;
}
