import type { Expectation } from '../support/expectation.ts';

/** Embedding, imports, the audit log, mails, long work and events. */
export const administration: Record<string, Expectation> = {
  listEmbedClients: { needs: 'embed.manage', ok: 200 },
  createEmbedClient: {
    needs: 'embed.manage',
    ok: 201,
    body: () => ({ name: 'Site', allowedOrigins: ['https://site.example.com'], key: { kind: 'hs256' } }),
  },
  updateEmbedClient: { needs: 'embed.manage', ok: 200, kind: 'embedClient', body: () => ({ name: 'Renamed' }) },
  createEmbedSession: { needs: 'anyone', ok: 422, body: () => ({}) },
  createEmbedToken: { needs: 'anyone', ok: 422, body: () => ({}) },
  uploadImport: {
    needs: 'import.run',
    ok: 201,
    query: 'entity=leads&fileName=leads.csv',
    headers: { 'Content-Type': 'text/csv' },
    body: () => 'Name\nAnn\n',
  },
  listImports: { needs: 'import.run', ok: 200 },
  getImport: { needs: 'import.run', ok: 200, kind: 'import' },
  previewImport: { needs: 'import.run', ok: 200, kind: 'import' },
  runImport: { needs: 'import.run', ok: 202, kind: 'import', body: () => ({ dryRun: true }) },
  listImportErrors: { needs: 'import.run', ok: 200, kind: 'import' },
  downloadImportErrors: { needs: 'import.run', ok: 200, kind: 'import' },
  // Of the person who asked for it, and of administrators.
  getJob: {
    needs: 'signed-in',
    reach: ({ rights }) => (rights['audit.read'] === 'all' ? 'all' : 'own'),
    ok: 200,
    kind: 'job',
  },
  listAudit: { needs: 'audit.read', ok: 200 },
  getAuditFacets: { needs: 'audit.read', ok: 200 },
  // Who took the log away is in the log.
  exportAudit: { needs: 'audit.read', ok: 200, mayWrite: true },
  getSystemHealth: { needs: 'settings.manage', ok: 200 },
  testSystemPart: { needs: 'settings.manage', ok: 200, params: () => ({ key: 'database' }), body: () => ({}) },
  listMails: { needs: 'settings.manage', ok: 200 },
  getMail: { needs: 'settings.manage', ok: 200, kind: 'mail' },
  streamEvents: { needs: 'signed-in', ok: 200 },
};
