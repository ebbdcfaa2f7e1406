import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';
import { Keyboard } from './keyboard.ts';
import { linkFromMail } from './outbox.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'accounts in the browser', 'chromium');

const MINUTE_MS = 60_000;

describe.skipIf(!executablePath)('people and their accounts', () => {
  let harness: ConsoleHarness;

  beforeAll(async () => {
    harness = await startConsole();
    const admin = await harness.server.as('admin');
    const { status } = await admin.patch('/settings/sign-in', { registration: 'on' });
    expect(status).toBe(200);
  });
  afterAll(() => harness?.close());

  /** Lets time pass on the server, so that a code of the app is a new one. */
  function later(minutes: number): Date {
    const { clock } = harness.server;
    clock.now = new Date((clock.now ?? new Date()).getTime() + minutes * MINUTE_MS);
    return clock.now;
  }

  const codeOf = (secret: string, now: Date) => new TOTP({ secret }).generate({ timestamp: now.getTime() });
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

  it('lets somebody register, verify, sign in, set up a second step and reset the password, by keyboard alone', async () => {
    const email = 'nora@example.com';
    const password = 'quiet lantern over river';
    const { page, complaints } = await harness.open('/');
    const keyboard = new Keyboard(page);
    const signOut = async () => {
      await keyboard.press('Nora New');
      await keyboard.press('Sign out');
      await page.getByText('You are signed out.').waitFor();
    };

    await keyboard.press('Register');
    await heading(page, 'Register');
    await keyboard.type('Your name', 'Nora New');
    await keyboard.type('E-mail address', email);
    await keyboard.type('Password', 'password1234');
    await page.getByText(/^Too weak\./).waitFor();
    await keyboard.enter();
    await page.locator('input[name=password][aria-invalid=true]:focus').waitFor();
    await keyboard.type('Password', password);
    await page.getByText(/^(Acceptable|Strong|Very strong)\./).waitFor();
    await keyboard.enter();
    await heading(page, 'Look into your mail');

    await page.goto(await linkFromMail(harness, 'verify-email', email));
    await heading(page, 'Your address is confirmed');
    expect(page.url()).toBe(`${harness.server.url}/verify`);
    await expectAccessible(page, 'verified');
    await keyboard.press('Sign in');
    await heading(page, 'Sign in');
    await keyboard.type('Password', password);
    await keyboard.enter();
    await page.getByRole('banner').waitFor();

    await keyboard.press('Nora New');
    await keyboard.press('My account');
    await heading(page, 'My account');
    await keyboard.press('Set up');
    await page.getByRole('img', { name: 'QR code with the secret for your authenticator app' }).waitFor();
    const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
    await keyboard.type('Code from the app', codeOf(secret, later(0)));
    await keyboard.enter();
    const codes = page.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const [recoveryCode = ''] = await codes.allTextContents();
    await expectAccessible(page, 'recovery codes');
    await keyboard.press('I have kept them');
    await page.getByText('10 codes left').waitFor();

    await signOut();
    await keyboard.type('E-mail address', email);
    await keyboard.type('Password', password);
    await keyboard.enter();
    await heading(page, 'One more step');
    await expectAccessible(page, 'second step');
    await keyboard.type('Code from the app', '000000');
    await keyboard.enter();
    await page.locator('input[name=code][aria-invalid=true]:focus').waitFor();
    await keyboard.type('Code from the app', codeOf(secret, later(1)));
    await keyboard.enter();
    await page.getByRole('banner').waitFor();

    await signOut();
    await keyboard.press('Forgot your password?');
    await heading(page, 'Forgot your password?');
    await keyboard.type('E-mail address', email);
    await keyboard.enter();
    await heading(page, 'Look into your mail');
    await page.goto(await linkFromMail(harness, 'reset-password', email));
    await heading(page, 'Choose a new password');
    expect(page.url()).toBe(`${harness.server.url}/reset`);
    await keyboard.type('New password', 'another lantern over sea');
    await keyboard.enter();
    await heading(page, 'Your password is changed');
    await expectAccessible(page, 'password is changed');

    await keyboard.press('Sign in');
    await keyboard.type('E-mail address', email);
    await keyboard.type('Password', 'another lantern over sea');
    await keyboard.enter();
    await heading(page, 'One more step');
    await keyboard.press('Use a recovery code');
    await keyboard.type('Recovery code', recoveryCode);
    await keyboard.enter();
    await page.getByRole('banner').waitFor();
    expect(complaints).toEqual([]);
  });

  it('adds a passkey, signs in with it alone and as a second step, and proves with it who is there', async () => {
    const { page, complaints, signIn } = await harness.openAs('rep', '/account');
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const signOut = async () => {
      await page.getByRole('button', { name: 'Rolf Rep' }).click();
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await heading(page, 'Sign in');
    };

    await page.getByRole('button', { name: 'Add passkey' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('My laptop');
    await expectAccessible(page, 'adding a passkey');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('My laptop', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Rename My laptop' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Blue laptop');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByRole('button', { name: 'Remove Blue laptop' }).waitFor();
    await expectAccessible(page, 'protected account');

    await signOut();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('banner').waitFor();

    await signOut();
    await signIn('rep');
    await heading(page, 'One more step');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('banner').waitFor();

    later(11);
    await page.goto(`${harness.server.url}/account`);
    await page.getByRole('button', { name: 'Make new codes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click();
    const proof = page.getByRole('dialog', { name: 'Prove that it’s you' });
    await proof.getByLabel('Your password').fill('not the password');
    await proof.getByRole('button', { name: 'Continue' }).click();
    await proof.locator('[aria-invalid=true]').waitFor();
    await proof.getByRole('button', { name: 'Use a passkey' }).click();
    await proof.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();

    await page.getByRole('button', { name: 'Remove Blue laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Blue laptop is removed.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('leads to the own account, and to nothing else, while the company asks for a second step that is missing', async () => {
    const admin = await harness.server.as('admin');
    const { status } = await admin.patch('/settings/sign-in', { requireSecondStep: 'everybody' });
    expect(status).toBe(200);
    const { page } = await harness.openAs('viewer', '/leads');
    await heading(page, 'My account');
    await page.getByText('Your company asks for a second step.').waitFor();
    await expectAccessible(page, 'second step missing');
    await page.getByRole('button', { name: 'Set up' }).click();
    const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
    await page.getByLabel('Code from the app').fill(codeOf(secret, later(0)));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('Your company asks for a second step.').waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leads', exact: true }).click();
    await heading(page, 'Leads');
  });
});
