import type { Expectation } from '../support/expectation.ts';

const empty = () => ({});
/** Anybody may ask; without what it takes the request is not even looked at further. */
const open: Expectation = { needs: 'anyone', ok: 422, body: empty };
/** What belongs to the person asking, whatever the role: somebody else's is not there. */
const own: Pick<Expectation, 'needs' | 'reach'> = { needs: 'in-person', reach: () => 'own' };

/** Coming in, going out, and one's own account. */
export const account: Record<string, Expectation> = {
  getSignInOptions: { needs: 'anyone', ok: 200 },
  judgePassword: { needs: 'anyone', ok: 200, body: () => ({ password: 'pelican' }) },
  register: open,
  verifyEmail: open,
  resendVerification: open,
  forgotPassword: open,
  resetPassword: open,
  getInvitation: open,
  acceptInvitation: open,
  setUpFirstAdministrator: open,
  login: open,
  signInWithTotp: open,
  signInWithRecoveryCode: open,
  secondStepPasskeyOptions: open,
  secondStepPasskey: open,
  passkeySignInOptions: { needs: 'anyone', ok: 200 },
  signInWithPasskey: open,
  startSingleSignOn: {
    needs: 'anyone',
    ok: 302,
    params: ({ recordOf }) => ({ id: recordOf('identityProvider', null) }),
    // The way there is remembered until the person comes back.
    mayWrite: true,
  },
  finishSingleSignOn: {
    needs: 'anyone',
    ok: 302,
    params: ({ recordOf }) => ({ id: recordOf('identityProvider', null) }),
  },
  logout: { needs: 'signed-in', ok: 204 },
  logoutEverywhere: { needs: 'in-person', ok: 204 },
  getMe: { needs: 'signed-in', ok: 200 },
  updateMe: { needs: 'in-person', ok: 200, body: () => ({ name: 'Renamed' }) },
  changeMyPassword: { needs: 'in-person', ok: 422, body: empty },
  listMySessions: { needs: 'in-person', ok: 200 },
  endMySession: { ...own, ok: 204, kind: 'session' },
  getMySecurity: { needs: 'in-person', ok: 200 },
  proveMe: { needs: 'in-person', ok: 422, body: empty },
  proofPasskeyOptions: { needs: 'in-person', ok: 200 },
  startTotp: { needs: 'in-person', ok: 201 },
  confirmTotp: { needs: 'in-person', ok: 422, body: empty },
  // Nobody of the matrix has an authenticator app; everybody has a passkey.
  removeTotp: { needs: 'in-person', ok: 404 },
  newPasskeyOptions: { needs: 'in-person', ok: 200 },
  addPasskey: { needs: 'in-person', ok: 422, body: empty },
  renamePasskey: { ...own, ok: 200, kind: 'passkey', body: () => ({ name: 'Renamed' }) },
  removePasskey: { ...own, ok: 204, kind: 'passkey' },
  makeRecoveryCodes: { needs: 'in-person', ok: 201 },
};
