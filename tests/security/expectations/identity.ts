import type { Expectation } from '../support/expectation.ts';

/** People, roles, teams, keys and how people may come in. */
export const identity: Record<string, Expectation> = {
  listUsers: {
    needs: 'user.read',
    ok: 200,
    query: 'limit=200&count=true',
    omitsNobody: true,
    shows: (body) => (body as { items: { id: string }[] }).items.map(({ id }) => id),
  },
  getUser: { needs: 'user.read', ok: 200, kind: 'user' },
  createUser: {
    needs: 'user.manage',
    ok: 201,
    body: ({ recordOf }) => ({
      email: 'new@example.com',
      name: 'New',
      roleId: recordOf('role', null),
      password: 'correct horse battery',
    }),
  },
  updateUser: { needs: 'user.manage', ok: 200, kind: 'user', body: () => ({ name: 'Renamed' }) },
  // Nobody of the matrix who owns records waits for an invitation.
  inviteUserAgain: { needs: 'user.manage', ok: 409, kind: 'user' },
  forcePasswordReset: { needs: 'user.manage', ok: 200, kind: 'user' },
  // One's own second step is changed with a proof of who one is, not like this.
  resetSecondFactors: {
    needs: 'user.manage',
    ok: ({ caller, owner }) => (owner === caller.person ? 409 : 200),
    kind: 'user',
  },
  signOutUser: { needs: 'user.manage', ok: 200, kind: 'user' },
  listTeams: { needs: 'user.read', ok: 200 },
  createTeam: { needs: 'team.manage', ok: 201, body: () => ({ name: 'West' }) },
  updateTeam: { needs: 'team.manage', ok: 200, kind: 'team', body: () => ({ name: 'Renamed' }) },
  deleteTeam: { needs: 'team.manage', ok: 204, kind: 'team' },
  listRoles: { needs: 'role.read', ok: 200 },
  getPermissionCatalogue: { needs: 'signed-in', ok: 200 },
  getRole: { needs: 'role.read', ok: 200, kind: 'role' },
  createRole: {
    needs: 'role.manage',
    ok: 201,
    body: () => ({ name: 'Newcomer', permissions: { 'lead.read': 'own' } }),
  },
  updateRole: { needs: 'role.manage', ok: 200, kind: 'role', body: () => ({ name: 'Renamed' }) },
  deleteRole: { needs: 'role.manage', ok: 204, kind: 'role' },
  listPeople: {
    needs: 'signed-in',
    reach: 'lead.write',
    ok: 200,
    omitsNobody: true,
    shows: (body) => (body as { items: { id: string }[] }).items.map(({ id }) => id),
  },
  getSignInSettings: { needs: 'settings.manage', ok: 200 },
  updateSignInSettings: { needs: 'settings.manage', ok: 200, body: () => ({ sessionIdleMinutes: 45 }) },
  listApiKeys: { needs: 'api-key.manage', ok: 200 },
  createApiKey: {
    needs: 'api-key.manage',
    ok: 201,
    body: () => ({
      name: 'Nightly export',
      permissions: { 'lead.read': 'all' },
      expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    }),
  },
  revokeApiKey: { needs: 'api-key.manage', ok: 204, kind: 'apiKey' },
  listIdentityProviders: { needs: 'settings.manage', ok: 200 },
  createIdentityProvider: {
    needs: 'settings.manage',
    ok: 201,
    body: () => ({ name: 'Another', issuer: 'http://127.0.0.1:9/', clientId: 'salespulse' }),
  },
  getIdentityProvider: { needs: 'settings.manage', ok: 200, kind: 'identityProvider' },
  updateIdentityProvider: {
    needs: 'settings.manage',
    ok: 200,
    kind: 'identityProvider',
    body: () => ({ name: 'Renamed' }),
  },
  deleteIdentityProvider: { needs: 'settings.manage', ok: 204, kind: 'identityProvider' },
  testIdentityProvider: { needs: 'settings.manage', ok: 200, kind: 'identityProvider' },
};
