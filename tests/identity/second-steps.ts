import { Secret, TOTP } from 'otpauth';
import type { MySecurity } from '../../backend/contracts/account.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import type { Answer } from '../support/client.ts';
import { PASSWORD, type PersonKey, people } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';
import { Browser } from '../support/signed-in.ts';

export type Step = Problem & { mfaRequired: true; challenge: string; methods: string[]; user: { name: string } };
export type Refusal = Problem;

/** Status and problem code of an answer. */
export const outcome = (answer: Answer<unknown>): [number, string | undefined] => [
  answer.status,
  (answer.body as Partial<Problem>).code,
];

/** Sends e-mail and password. */
export const login = (
  server: TestServer,
  person: PersonKey,
  browser = new Browser(server.url),
): Promise<Answer<Step>> => browser.post<Step>('/auth/login', { email: people[person].email, password: PASSWORD });

/** A browser in which the person is signed in by the password alone. */
export async function signedIn(server: TestServer, person: PersonKey): Promise<Browser> {
  const browser = new Browser(server.url);
  const answer = await login(server, person, browser);
  if (answer.status !== 200 || answer.body.mfaRequired)
    throw new Error(`${person} is not in: ${JSON.stringify(answer.body)}`);
  return browser;
}

/** The code that an authenticator app with this secret shows. */
export const codeAt = (secret: string, moment: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: moment.getTime() });

/** Sets an authenticator app up; answers its secret and the recovery codes. */
export async function addTotp(server: TestServer, browser: Browser) {
  const { body: setup } = await browser.post<{ secret: string }>('/me/totp');
  const code = codeAt(setup.secret, server.clock.now ?? new Date());
  const confirmed = await browser.post<{ recoveryCodes: string[] }>('/me/totp/confirm', { code });
  if (confirmed.status !== 200) throw new Error(`confirm answered ${JSON.stringify(confirmed.body)}`);
  return { secret: setup.secret, recoveryCodes: confirmed.body.recoveryCodes ?? [] };
}

export const securityOf = async (browser: Browser): Promise<MySecurity> =>
  (await browser.get<MySecurity>('/me/security')).body;

/** Moves the server's clock on. */
export function wait(server: TestServer, seconds: number): Date {
  const now = new Date((server.clock.now ?? new Date()).getTime() + seconds * 1000);
  server.clock.now = now;
  return now;
}

/** Audit rows about a person, oldest first, as text. */
export async function auditOf(server: TestServer, person: PersonKey): Promise<{ action: string; text: string }[]> {
  return server.database.sql.rows(sql`
    select action, to_json(a)::text as text from audit_entry a where entity_id = ${server.company.users[person]} order by id`);
}

/** What mails the person got, oldest first. */
export async function mailsTo(server: TestServer, person: PersonKey): Promise<string[]> {
  const rows = await server.database.sql.rows<{ subject: string }>(sql`
    select subject from mail where to_address = ${people[person].email} order by id`);
  return rows.map(({ subject }) => subject);
}
