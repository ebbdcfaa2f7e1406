import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';
import { linkFromMail } from './outbox.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the pages of accounts in the browser', 'chromium');

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

describe.skipIf(!executablePath)('the pages of accounts', () => {
  let harness: ConsoleHarness;

  beforeAll(async () => {
    harness = await startConsole();
    const admin = await harness.server.as('admin');
    const change = { registration: 'domains', registrationDomains: ['example.com', 'example.org'] };
    const { status } = await admin.patch('/settings/sign-in', change);
    expect(status).toBe(200);
  });
  afterAll(() => harness?.close());

  it('are accessible and fit every screen for people who are not signed in', async () => {
    const { page, complaints, goto } = await harness.open('/?problem=unknown-person');
    await page.getByText('You don’t have an account here yet.').waitFor();
    expect(page.url()).toBe(`${harness.server.url}/`);
    await page.getByRole('link', { name: 'Register' }).waitFor();
    await expectAccessible(page, 'sign-in');

    await page.getByRole('link', { name: 'Register' }).click();
    await page.getByText('For addresses at example.com, example.org.').waitFor();
    await page.getByLabel('Your name').fill('Otto Outside');
    await page.getByLabel('E-mail address').fill('otto@example.net');
    await page.getByLabel('Password').fill('Otto Outside 12');
    await page.getByText(/^(Too weak|Acceptable|Strong)/).waitFor();
    await expectAccessible(page, 'register');
    await page.getByLabel('Password').fill('quiet lantern over river');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await page.getByLabel('Password').getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Only addresses of these domains can register here').waitFor();
    await page.getByLabel('E-mail address').fill('otto@example.org');
    await page.getByRole('button', { name: 'Register' }).click();
    await heading(page, 'Look into your mail');
    await page.getByText('This server can’t send mail yet.').waitFor();
    await expectAccessible(page, 'look into your mail');

    for (const [address, title, name] of [
      ['/forgot', 'Forgot your password?', 'forgot'],
      ['/verify', 'Your address is not confirmed yet', 'verify without a link'],
      ['/verify#token=this-link-was-never-given-out', 'Your address is not confirmed yet', 'verify'],
      ['/reset#token=this-link-was-never-given-out', 'Choose a new password', 'reset'],
      ['/invitation#token=this-link-was-never-given-out', 'This link does not work any more', 'invitation'],
    ] as const) {
      await goto('/nowhere');
      await goto(address);
      await heading(page, title);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, name);
      expect(new URL(page.url()).hash).toBe('');
    }
    expect(complaints).toEqual([]);
  });

  it('offer single sign-on and explain why it did not work', async () => {
    const admin = await harness.server.as('admin');
    // Nobody listens there.
    const provider = { name: 'Contoso', issuer: 'http://localhost:9', clientId: 'salespulse' };
    expect((await admin.post('/identity-providers', provider)).status).toBe(201);
    const { page } = await harness.open('/leads?sort=name');
    const link = page.getByRole('link', { name: 'Sign in with Contoso' });
    expect(await link.getAttribute('href')).toMatch(/\/auth\/sso\/[\w-]+\/start\?returnTo=%2Fleads%3Fsort%3Dname$/);
    await expectAccessible(page, 'sign-in with a provider');
    await link.click();
    await page.getByText('Your company’s sign-in page can’t be reached right now.').waitFor();
    expect(page.url()).not.toContain('problem');
  });

  it('say what to do when a link was used or has run out', async () => {
    const { page } = await harness.open('/reset#token=this-link-was-never-given-out');
    await page.getByLabel('New password').fill('quiet lantern over river');
    await page.getByRole('button', { name: 'Change password' }).click();
    await heading(page, 'This link does not work any more');
    await expectAccessible(page, 'a dead link');
    await page.getByRole('link', { name: 'Ask for another link' }).click();
    await heading(page, 'Forgot your password?');
  });

  it('take an invitation up and begin at once', async () => {
    const admin = await harness.server.as('admin');
    const { body: roles } = await admin.get<{ items: { id: string; key: string }[] }>('/roles');
    const roleId = roles.items.find(({ key }) => key === 'viewer')?.id;
    const invited = await admin.post('/users', { name: 'Ivy Invited', email: 'ivy@example.com', roleId });
    expect(invited.status).toBe(201);
    const { page, complaints } = await harness.open('/sign-in');
    await page.goto(await linkFromMail(harness, 'invitation', 'ivy@example.com'));
    await heading(page, 'Welcome to SalesPulse');
    await page.getByText('Ada Admin invites you to work with SalesPulse.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ivy@example.com');
    await expectAccessible(page, 'invitation');
    await page.getByLabel('Password').fill('quiet lantern over river');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('banner').waitFor();
    await page.getByRole('button', { name: 'Ivy Invited' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('let people see and change their own account', async () => {
    const { page, complaints } = await harness.openAs('viewer', '/account');
    await page.getByRole('button', { name: 'Sign out everywhere' }).waitFor();
    await page.getByText('This browser', { exact: true }).waitFor();
    await expectAccessible(page, 'my account');

    await page.getByLabel('Name').fill('Vera Viewer-Smith');
    await page.getByLabel('Language and region').selectOption('de-DE');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Vera Viewer-Smith' }).waitFor();

    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await expectAccessible(page, 'setting up an app');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Change password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change password' });
    await dialog.getByLabel('Present password').fill('not the password');
    await dialog.getByLabel('New password').fill('quiet lantern over river');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByText('is not your present password').waitFor();
    await expectAccessible(page, 'changing the password');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });

  it('end a session elsewhere, then all of them', async () => {
    const elsewhere = await harness.openAs('colleague', '/leads');
    const { page } = await harness.openAs('colleague', '/account');
    const endOne = page.getByRole('button', { name: 'End the session of Chrome on Linux' });
    await endOne.waitFor();
    expect(await endOne.count()).toBe(1);
    await endOne.click();
    await page.getByText('The session of Chrome on Linux has ended.').waitFor();
    await endOne.waitFor({ state: 'detached' });
    await elsewhere.goto('/leads');
    await heading(elsewhere.page, 'Sign in');

    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('You are signed out everywhere.').waitFor();
    await page.reload();
    await heading(page, 'Sign in');
  });

  it('ask who is there before the protection of an account is changed', async () => {
    const { page } = await harness.openAs('manager', '/account');
    const { clock } = harness.server;
    clock.now = new Date(Date.now() + 11 * 60_000);
    await page.getByRole('button', { name: 'Set up' }).click();
    const proof = page.getByRole('dialog', { name: 'Prove that it’s you' });
    await proof.getByLabel('Your password').waitFor();
    await expectAccessible(page, 'proof');
    await proof.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing was changed, because you did not prove that it’s you.').waitFor();
    expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);
  });

  it('count down while too many wrong passwords hold somebody back', async () => {
    const { page, signIn } = await harness.open('/');
    const { clock } = harness.server;
    // Each try comes late enough to be taken; the next one at once would have to wait 16 seconds.
    for (let attempt = 0; attempt < 9; attempt += 1) {
      clock.now = new Date((clock.now ?? new Date()).getTime() + 30_000);
      const answer = page.waitForResponse('**/auth/login');
      await signIn('stranger', 'not the password');
      await answer;
      await page.locator('button[type=submit]:not(:disabled)').waitFor();
    }
    await signIn('stranger', 'not the password');
    await page
      .getByText(/^Too many attempts\. You can try again in \d+ seconds?\.$/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isDisabled()).toBe(true);
    await expectAccessible(page, 'waiting');
  });
});
