import type { Expectation } from '../support/expectation.ts';

/** Look-alikes and merges: the entity in the body or query decides about the permission. */
export const duplicates: Record<string, Expectation> = {
  checkDuplicates: {
    needs: 'lead.read',
    sees: 'lead.read',
    ok: 200,
    kind: 'lead',
    body: (world, { owner }) => ({ entity: 'lead', id: world.recordOf('lead', owner) }),
  },
  listDuplicates: { needs: 'lead.read', ok: 200, query: 'entity=lead' },
  dismissDuplicates: {
    needs: 'lead.write',
    ok: 404,
    body: () => ({
      entity: 'lead',
      ids: ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'],
    }),
  },
  mergeRecords: {
    needs: 'lead.read',
    ok: 404,
    body: () => ({
      entity: 'lead',
      survivorId: '00000000-0000-7000-8000-000000000001',
      absorbedIds: ['00000000-0000-7000-8000-000000000002'],
    }),
  },
  listMerges: {
    needs: 'lead.read',
    ok: 404,
    query: 'entity=lead&record=00000000-0000-7000-8000-000000000001',
  },
  undoMerge: { needs: 'signed-in', ok: 404, params: () => ({ id: '00000000-0000-7000-8000-000000000001' }) },
};
