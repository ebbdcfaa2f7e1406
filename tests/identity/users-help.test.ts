import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../backend/contracts/administration.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { User } from '../../backend/contracts/users.ts';
import { sql } from '../../backend/db/index.ts';
import { NOBODY } from '../support/crm.ts';
import { PASSWORD } from '../support/people.ts';
import { Browser } from '../support/signed-in.ts';
import { type Desk, type List, outcome, startDesk } from './desk.ts';
import { keptMail, tokenIn } from './registration/outbox-reader.ts';
import { addTotp } from './second-steps.ts';

const NEW_PASSWORD = 'four quiet herons wading';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.close());

const ACTIONS = ['invitation', 'password-reset', 'mfa-reset', 'sign-out'] as const;
const act = <Body = User>(id: string, action: (typeof ACTIONS)[number]) =>
  desk.admin.post<Body>(`/users/${id}/${action}`);
const auditOf = async (id: string) =>
  (await desk.admin.get<List<AuditEntry>>(`/audit?entity=user&entityId=${id}`)).body.items.map(({ action }) => action);
const accept = (token: string) =>
  desk.anonymous.post<Problem>('/auth/invitation/accept', { token, name: 'Chosen Name', password: NEW_PASSWORD });

describe('helping somebody into their account', () => {
  it.each(ACTIONS)('%s is for who manages the person', async (action) => {
    const user = await desk.someone('viewer', { teamId: desk.company.teams.South });
    const path = `/users/${user.id}/${action}`;
    expect(outcome(await desk.anonymous.post<Problem>(path))).toEqual([401, 'unauthenticated']);
    expect(outcome(await (await desk.as('manager')).post<Problem>(path))).toEqual([403, 'forbidden']);
    const ofNorth = await desk.withRole({ 'user.read': 'team', 'user.manage': 'team' }, 'North');
    expect(outcome(await ofNorth.post<Problem>(path))).toEqual([404, 'not_found']);
    const weak = await desk.withRole({ 'user.read': 'all', 'user.manage': 'all' });
    expect(outcome(await weak.post<Problem>(path))).toEqual([403, 'forbidden']);
    expect(outcome(await desk.admin.post<Problem>(`/users/${NOBODY}/${action}`))).toEqual([404, 'not_found']);
  });
});

describe('an invitation', () => {
  it('is mailed to a person added without a password, who comes in by its link', async () => {
    const user = await desk.someone('rep', { password: undefined, email: 'guest@example.com' });
    expect(user).toMatchObject({ status: 'invited', security: { hasPassword: false } });
    const login = { email: 'guest@example.com', password: PASSWORD };
    expect((await desk.anonymous.post('/auth/login', login)).status).toBe(401);
    const mail = await keptMail(desk, 'guest@example.com');
    expect(mail.text).toContain('Ada Admin');
    expect((await accept(tokenIn(mail.text))).status).toBe(201);
    const { body } = await desk.admin.get<User>(`/users/${user.id}`);
    expect(body).toMatchObject({ status: 'active', name: 'Chosen Name', security: { hasPassword: true } });
    expect(await auditOf(user.id)).toContain('user.invited');
  });

  it('is sent again, and the link before it ends', async () => {
    const user = await desk.someone('rep', { password: undefined, email: 'patient@example.com' });
    const first = tokenIn((await keptMail(desk, 'patient@example.com')).text);
    const again = await act(user.id, 'invitation');
    expect([again.status, again.body.status]).toEqual([200, 'invited']);
    const second = tokenIn((await keptMail(desk, 'patient@example.com', 2)).text);
    expect(second).not.toBe(first);
    expect(outcome(await accept(first))).toEqual([403, 'link_not_valid']);
    expect((await accept(second)).status).toBe(201);
    expect(outcome(await act(user.id, 'invitation'))).toEqual([409, 'conflict']);
    expect(await auditOf(user.id)).toContain('user.invited-again');
  });

  it('opens nothing once the person was deactivated', async () => {
    const user = await desk.someone('rep', { password: undefined, email: 'late@example.com' });
    const token = tokenIn((await keptMail(desk, 'late@example.com')).text);
    await desk.admin.patch(`/users/${user.id}`, { status: 'deactivated' });
    await desk.admin.patch(`/users/${user.id}`, { status: 'active' });
    expect(outcome(await accept(token))).toEqual([403, 'link_not_valid']);
  });

  it('is not sent when the person is refused', async () => {
    const input = { email: 'rep@example.com', name: 'Twin', roleId: desk.roles.rep };
    expect(outcome(await desk.admin.post<Problem>('/users', input))).toEqual([409, 'conflict']);
    const mails = await desk.database.sql.rows(sql`select 1 as one from mail where to_address = 'rep@example.com'`);
    expect(mails).toEqual([]);
  });
});

describe('a forced reset', () => {
  it('ends sessions and the password, until the person has chosen another by mail', async () => {
    const user = await desk.someone('rep');
    const client = await desk.enter(user);
    const answer = await act(user.id, 'password-reset');
    expect([answer.status, answer.body.security.mustResetPassword]).toEqual([200, true]);
    expect((await client.get('/me')).status).toBe(401);
    const login = await desk.anonymous.post<Problem>('/auth/login', { email: user.email, password: PASSWORD });
    expect(outcome(login)).toEqual([403, 'password_reset_required']);
    const token = tokenIn((await keptMail(desk, user.email ?? '')).text);
    const reset = await desk.anonymous.post('/auth/password/reset', { token, password: NEW_PASSWORD });
    expect(reset.status).toBe(204);
    expect((await desk.anonymous.post('/auth/login', { email: user.email, password: NEW_PASSWORD })).status).toBe(200);
    expect(await auditOf(user.id)).toContain('user.password-reset-forced');
  });

  it('is refused where it would lead nowhere', async () => {
    const invited = await desk.someone('rep', { password: undefined });
    expect(outcome(await act(invited.id, 'password-reset'))).toEqual([409, 'conflict']);
    const unreachable = await desk.someone('rep');
    await desk.database.sql.rows(sql`update app_user set email = null where id = ${unreachable.id}::uuid`);
    expect(outcome(await act(unreachable.id, 'password-reset'))).toEqual([409, 'conflict']);
  });

  it('never hits the last administrator', async () => {
    const answer = await act(desk.company.users.admin, 'password-reset');
    expect(outcome(answer)).toEqual([409, 'conflict']);
    expect((await desk.admin.get('/me')).status).toBe(200);
  });
});

describe('second steps taken away', () => {
  it('let the person in by password alone, tell them, and end their sessions', async () => {
    const user = await desk.someone('rep');
    const browser = new Browser(desk.url);
    const login = { email: user.email, password: PASSWORD };
    await browser.post('/auth/login', login);
    await addTotp(desk, browser);
    expect((await desk.admin.get<User>(`/users/${user.id}`)).body.security.totp).toBe(true);
    const answer = await act(user.id, 'mfa-reset');
    expect([answer.status, answer.body.security]).toEqual([200, expect.objectContaining({ totp: false, passkeys: 0 })]);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await desk.anonymous.post<{ user: object }>('/auth/login', login)).body).toHaveProperty('user');
    const subjects = await desk.database.sql.rows<{ kind: string }>(sql`
      select kind from mail where to_address = ${user.email} order by id`);
    expect(subjects.at(-1)).toEqual({ kind: 'mfa-changed' });
    expect(await auditOf(user.id)).toContain('user.mfa-reset');
  });

  it('are refused for who has none, and for oneself', async () => {
    const user = await desk.someone('rep');
    expect(outcome(await act(user.id, 'mfa-reset'))).toEqual([409, 'conflict']);
    const own = await act<Problem>(desk.company.users.admin, 'mfa-reset');
    expect([own.status, own.body.detail]).toEqual([409, 'Change your own second step on the page of your account.']);
  });
});

describe('a sign-out by somebody else', () => {
  it('ends all sessions of the person and nothing more', async () => {
    const user = await desk.someone('rep');
    const [one, two] = [await desk.enter(user), await desk.enter(user)];
    expect((await act(user.id, 'sign-out')).status).toBe(200);
    expect([(await one.get('/me')).status, (await two.get('/me')).status]).toEqual([401, 401]);
    expect((await (await desk.enter(user)).get('/me')).status).toBe(200);
    expect(await auditOf(user.id)).toContain('user.signed-out-everywhere');
  });
});
