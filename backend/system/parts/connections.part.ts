import type { SystemPart } from '../part.ts';

/** Connections to CRMs: there are none in this version, and that is said. */
export const connectionsPart = (): SystemPart => ({
  key: 'connections',
  label: 'CRM connections',
  look: async () => ({
    status: 'not-configured',
    detail: 'No CRM is connected, and this version cannot connect one yet. Bring records in as files until then.',
    facts: [],
  }),
});
