import { type BulkTx, type Database, raw, sql } from '../../backend/db/index.ts';
import { dayOf, dayText } from './calendar.ts';
import { type DemoCompany, makeCompany } from './company.ts';
import { CUSTOM_FIELDS } from './custom-fields.ts';
import type { CompanyEvent } from './model.ts';
import { findPlaces } from './places.ts';
import { writeHabits } from './write/habits.ts';
import { tablesOf } from './write/index.ts';

/** Raised when the same day would give another company than before. */
const VERSION = 4;

export interface DemoOptions {
  /** the day the books end on, YYYY-MM-DD */
  today: string;
  /** bcrypt hash of the password of all demo people */
  passwordHash: string;
  /** the company currency, ISO 4217 */
  currency: string;
  /** called with the rows written so far and all rows to write */
  onProgress?: (done: number, total: number) => void;
}

export interface DemoSummary {
  day: string;
  firstDay: string;
  currency: string;
  /** rows by table */
  rows: Record<string, number>;
  /** what moved the figures, with the days it lasted */
  events: { from: string; to: string; title: string; explanation: string }[];
}

/**
 * Fills a freshly set up database with the demo company, in one transaction. The same day and currency
 * always give the same rows. Asks for the built-in roles and the default pipelines to be there.
 *
 * @throws RangeError for a `today` that is no day; Error where roles or pipelines are missing or the demo
 * company is there already.
 */
export async function loadDemoData(db: Database, options: DemoOptions): Promise<DemoSummary> {
  const today = dayOf(options.today);
  const company = makeCompany(today, options.currency);
  const rows = await db.bulk(async (tx) => {
    const loaded = await tx.sql.first(sql`select 1 from setting where key = 'demo'`);
    if (loaded) throw new Error('The demo company is loaded already. Start over with an empty database.');
    const places = await findPlaces(tx.sql);
    const tables = tablesOf(company, places, options.passwordHash);
    const total = tables.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    options.onProgress?.(done, total);
    await writeSettings(tx, company, options.today);
    for (const { table, columns, count, rows } of tables) {
      await tx.copyIn(table, columns, rows);
      done += count;
      options.onProgress?.(done, total);
    }
    await writeHabits(tx.sql, places);
    // the planner would otherwise take every table for empty until its first routine visit; a small sample
    // is enough for tables of this size
    await tx.sql.rows(sql`set local default_statistics_target = 4`);
    await tx.sql.rows(sql`analyze ${raw(tables.map(({ table }) => table).join(', '))}`);
    return Object.fromEntries(tables.map(({ table, count }) => [table, count]));
  });
  return {
    day: options.today,
    firstDay: dayText(company.span.start),
    currency: options.currency,
    rows,
    events: company.events.map(eventSummary),
  };
}

const eventSummary = ({ from, to, title, explanation }: CompanyEvent): DemoSummary['events'][number] => ({
  from: dayText(from),
  to: dayText(to),
  title,
  explanation,
});

/** Small tables that the installation may have begun itself: what is there already stays. */
async function writeSettings({ sql: runner }: BulkTx, { currencies }: DemoCompany, day: string): Promise<void> {
  await runner.rows(sql`
    insert into currency (code, name, minor_digits)
    select code, name, minor from json_to_recordset(${JSON.stringify(
      currencies.list.map(({ code, name, minorDigits }) => ({ code, name, minor: minorDigits })),
    )}::json) as given (code text, name text, minor int)
    on conflict (code) do nothing`);
  await runner.rows(sql`
    insert into exchange_rate (currency_code, day, rate)
    select code, day, rate::numeric / 10000 from json_to_recordset(${JSON.stringify(
      currencies.rates.map(({ code, day, rate }) => ({ code, day: dayText(day), rate })),
    )}::json) as given (code text, day date, rate int)
    on conflict (currency_code, day) do update set rate = excluded.rate`);
  await runner.rows(sql`
    insert into custom_field (entity, key, label, type, options, help_text, position)
    select entity, key, label, type, options, "helpText", ordinality
    from rows from (json_to_recordset(${JSON.stringify(CUSTOM_FIELDS)}::json)
      as (entity text, key text, label text, type text, options text[], "helpText" text)) with ordinality
      as given (entity, key, label, type, options, "helpText", ordinality)
    on conflict (entity, key) do nothing`);
  await runner.rows(sql`
    insert into setting (key, value) values ('demo', ${JSON.stringify({ day, version: VERSION })}::jsonb)
    on conflict (key) do update set value = excluded.value`);
}
