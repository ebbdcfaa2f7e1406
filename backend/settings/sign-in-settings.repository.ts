import type { SignInSettings } from '../contracts/administration.ts';
import { type SqlRunner, sql } from '../db/index.ts';

const KEY = 'sign-in';

/** What holds until an administrator decides otherwise. */
const DEFAULTS: SignInSettings = {
  registration: 'off',
  registrationDomains: [],
  defaultRoleId: null,
  sessionIdleMinutes: 30,
  sessionMaxHours: 12,
  requireSecondStep: 'nobody',
  version: 0,
};

/** The settings as they are stored; missing ones have their defaults. */
export async function findSignInSettings(runner: SqlRunner): Promise<SignInSettings> {
  const row = await runner.first<{ value: Partial<SignInSettings> }>(sql`
    select value from setting where key = ${KEY}`);
  return { ...DEFAULTS, ...row?.value };
}

/** The same, kept from changing until the transaction ends. */
export async function lockSignInSettings(runner: SqlRunner): Promise<SignInSettings> {
  await runner.rows(sql`
    insert into setting (key, value) values (${KEY}, '{}'::jsonb) on conflict (key) do nothing`);
  await runner.rows(sql`select key from setting where key = ${KEY} for update`);
  return findSignInSettings(runner);
}

export async function storeSignInSettings(runner: SqlRunner, settings: SignInSettings, now: Date): Promise<void> {
  await runner.rows(sql`
    update setting set value = ${JSON.stringify(settings)}::jsonb, updated_at = ${now.toISOString()}::timestamptz
    where key = ${KEY}`);
}
