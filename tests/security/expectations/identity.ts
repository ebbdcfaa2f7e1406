import type { Expectation } from '../support/expectation.ts';

/** Sign-in, one's own account, people, roles and teams. */
export const identity: Record<string, Expectation> = {
  login: { needs: 'anyone', ok: 422, body: () => ({}) },
  logout: { needs: 'signed-in', ok: 204 },
  setUpFirstAdministrator: { needs: 'anyone', ok: 422, body: () => ({}) },
  getMe: { needs: 'signed-in', ok: 200 },
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
  listTeams: { needs: 'user.read', ok: 200 },
  createTeam: { needs: 'team.manage', ok: 201, body: () => ({ name: 'West' }) },
  updateTeam: { needs: 'team.manage', ok: 200, kind: 'team', body: () => ({ name: 'Renamed' }) },
  deleteTeam: { needs: 'team.manage', ok: 204, kind: 'team' },
  listRoles: { needs: 'role.read', ok: 200 },
  getPermissionCatalogue: { needs: 'role.read', ok: 200 },
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
};
