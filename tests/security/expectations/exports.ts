import type { Expectation } from '../support/expectation.ts';

const selection = { range: '2026-01-01/2026-12-31' };
const NO_FILE = '00000000-0000-7000-8000-00000000000f';

/** Files of figures; what is in them within each reach is what tests/exports compares with the screen. */
export const exports: Record<string, Expectation> = {
  exportAnalytics: {
    needs: 'analytics.read',
    ok: 200,
    body: () => ({ of: { kind: 'kpis', metrics: ['revenue'], selection }, format: 'csv' }),
  },
  cancelExport: { needs: 'analytics.read', ok: 404, params: () => ({ id: NO_FILE }) },
  getExportFile: { needs: 'analytics.read', ok: 404, params: () => ({ id: NO_FILE }) },
};
