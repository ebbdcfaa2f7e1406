import { NOBODY } from '../../support/crm.ts';
import type { Case, Expectation } from '../support/expectation.ts';
import { listedOwners } from '../support/expectation.ts';

type Noun = 'Lead' | 'Opportunity' | 'Account' | 'Contact';

const reads = ({ caller }: Case): boolean => (caller.rights['lead.read'] ?? 'none') !== 'none';
const shares = ({ caller }: Case): boolean => (caller.rights['view.share'] ?? 'none') !== 'none';

/** A record that is not deleted can't be brought back, whoever asks; whose can is tested with the lists. */
const restore = (noun: Noun): Expectation => {
  const kind = noun.toLowerCase() as Lowercase<Noun>;
  return { needs: `${kind}.delete`, ok: 404, params: (world) => ({ id: world.recordOf(kind, 'admin') }) };
};

const bulk = (kind: Lowercase<Noun>): Expectation => ({
  needs: `${kind}.write`,
  ok: 200,
  body: (world, { caller }) => ({
    ids: [world.recordOf(kind, caller.person)],
    change: { action: 'tag', add: ['Seen'] },
  }),
});

/** What goes over many records: search, changes of many at a time, tags, saved views. */
export const records: Record<string, Expectation> = {
  restoreLead: restore('Lead'),
  restoreOpportunity: restore('Opportunity'),
  restoreAccount: restore('Account'),
  restoreContact: restore('Contact'),
  bulkChangeLeads: bulk('lead'),
  bulkChangeOpportunities: bulk('opportunity'),
  bulkChangeAccounts: bulk('account'),
  bulkChangeContacts: bulk('contact'),
  search: {
    needs: 'signed-in',
    reach: 'lead.read',
    ok: 200,
    query: 'q=Record&type=lead&limit=20',
    shows: listedOwners,
  },
  listTags: { needs: 'signed-in', ok: 200 },
  updateTag: { needs: 'field.manage', ok: 200, kind: 'tag', body: () => ({ name: 'Renamed' }) },
  // Into a tag that isn't there: who may merge is told so.
  mergeTag: { needs: 'field.manage', ok: 422, kind: 'tag', body: () => ({ into: NOBODY }) },
  deleteTag: { needs: 'field.manage', ok: 204, kind: 'tag' },
  listViews: { needs: 'signed-in', ok: 200 },
  createView: {
    needs: 'signed-in',
    ok: (one) => (reads(one) ? 201 : 403),
    body: () => ({ entity: 'lead', name: 'Mine', filters: { owner: 'me' } }),
  },
  updateView: {
    needs: 'signed-in',
    // It is shared, and the administrator's: their key changes it only where it may share views.
    ok: (one) => (!reads(one) ? 404 : one.caller.person === 'admin' && shares(one) ? 200 : 403),
    kind: 'view',
    body: () => ({ name: 'Other' }),
  },
  deleteView: {
    needs: 'signed-in',
    ok: (one) => (!reads(one) ? 404 : one.caller.person === 'admin' || shares(one) ? 204 : 403),
    kind: 'view',
  },
};
