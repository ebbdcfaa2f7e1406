import type { Expectation } from '../support/expectation.ts';

/** Who sets targets does so in the console, never from pages of other sites. */
const inConsole =
  (status: number): Expectation['ok'] =>
  ({ caller }) =>
    caller.via === 'embed' ? 403 : status;

/** The target is that of the manager's team. */
export const targets: Record<string, Expectation> = {
  listTargets: { needs: 'analytics.read', ok: 200 },
  createTargets: {
    needs: 'target.manage',
    ok: inConsole(201),
    body: ({ server }) => ({
      ...{ metric: 'revenue', grain: 'month', from: '2026-05-01', value: '1000' },
      teamId: server.company.teams.North,
    }),
  },
  updateTarget: { needs: 'target.manage', ok: inConsole(200), kind: 'target', body: () => ({ value: '2000' }) },
  deleteTarget: { needs: 'target.manage', ok: inConsole(204), kind: 'target' },
};
