import * as OTPAuth from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TotpSetup } from '../../backend/contracts/account.ts';
import type { SignInSettings } from '../../backend/contracts/administration.ts';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: TestClient;
let rep: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  rep = await server.as('rep');
});
afterAll(() => server.close());

/** Asks it of these people; what the processes remember of the settings for three seconds has run out. */
async function demand(requireSecondStep: SignInSettings['requireSecondStep']): Promise<void> {
  const { status } = await admin.patch('/settings/sign-in', { requireSecondStep });
  expect(status).toBe(200);
}

it('lets people who owe a second step into their own account and nowhere else, until they have one', async () => {
  await demand('everybody');
  const refused = await rep.get<Problem>('/leads');
  expect([refused.status, refused.body.code]).toEqual([403, 'second_step_required']);
  expect((await rep.get<Me>('/me')).body.mustAddSecondStep).toBe(true);
  expect((await rep.get('/me/security')).status).toBe(200);

  const { body: setup } = await rep.post<TotpSetup>('/me/totp', {});
  const code = OTPAuth.URI.parse(setup.uri) as OTPAuth.TOTP;
  expect((await rep.post('/me/totp/confirm', { code: code.generate() })).status).toBe(200);
  expect((await rep.get('/leads')).status).toBe(200);
  expect((await rep.get<Me>('/me')).body.mustAddSecondStep).toBe(false);
});

it('asks it of administrators alone where that is the rule', async () => {
  const manager = await server.as('manager');
  expect((await manager.get<Problem>('/leads')).body.code).toBe('second_step_required');
  // The administrator owes one too now, and can still not take the rule back without it.
  expect((await admin.patch<Problem>('/settings/sign-in', { requireSecondStep: 'administrators' })).body.code).toBe(
    'second_step_required',
  );
  const { body: setup } = await admin.post<TotpSetup>('/me/totp', {});
  const code = OTPAuth.URI.parse(setup.uri) as OTPAuth.TOTP;
  expect((await admin.post('/me/totp/confirm', { code: code.generate() })).status).toBe(200);
  await demand('administrators');
  expect((await manager.get('/leads')).status).toBe(200);
});
