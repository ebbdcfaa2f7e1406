import type { Expectation } from '../support/expectation.ts';

const CHART = { metrics: ['revenue'], type: 'bar' };

/** Both are shared with everybody, and the administrator's, whose key holds no right to see numbers. */
const isAdmin: Expectation['ok'] = ({ caller }) => (caller.person === 'admin' ? 200 : 403);
const isErasedBy: Expectation['ok'] = ({ caller }) => (caller.person === 'admin' ? 204 : 403);

export const dashboards: Record<string, Expectation> = {
  listDashboards: { needs: 'analytics.read', ok: 200 },
  createDashboard: { needs: 'analytics.read', ok: 201, body: () => ({ name: 'Mine' }) },
  chooseHomeDashboard: {
    needs: 'analytics.read',
    ok: 204,
    body: (world) => ({ dashboardId: world.recordOf('dashboard', null) }),
  },
  getDashboard: { needs: 'analytics.read', ok: 200, kind: 'dashboard' },
  updateDashboard: {
    needs: 'analytics.read',
    ok: isAdmin,
    kind: 'dashboard',
    body: () => ({ name: 'Other' }),
  },
  deleteDashboard: { needs: 'analytics.read', ok: isErasedBy, kind: 'dashboard' },
  copyDashboard: { needs: 'analytics.read', ok: 201, kind: 'dashboard' },
  listExplorations: { needs: 'analytics.read', ok: 200 },
  createExploration: {
    needs: 'analytics.read',
    ok: 201,
    body: () => ({ name: 'Mine', chart: CHART, selection: {} }),
  },
  getExploration: { needs: 'analytics.read', ok: 200, kind: 'exploration' },
  updateExploration: {
    needs: 'analytics.read',
    ok: isAdmin,
    kind: 'exploration',
    body: () => ({ name: 'Other' }),
  },
  deleteExploration: { needs: 'analytics.read', ok: isErasedBy, kind: 'exploration' },
};
