import type { Expectation } from '../support/expectation.ts';

const params: Expectation['params'] = ({ recordOf }) => ({ id: recordOf('customField', null) });
const manage = { needs: 'field.manage', ok: 200, params } as const;

/** The administrator's own fields. */
export const fields: Record<string, Expectation> = {
  listCustomFields: { needs: 'signed-in', ok: 200 },
  createCustomField: {
    needs: 'field.manage',
    ok: 201,
    body: () => ({ entity: 'lead', key: 'colour', label: 'Colour', type: 'text' }),
  },
  updateCustomField: { ...manage, body: () => ({ label: 'Changed' }) },
  previewFieldConversion: { ...manage, body: () => ({ type: 'number' }) },
  getFieldUsage: manage,
  archiveCustomField: manage,
  restoreCustomField: manage,
  // It is in use: only archived fields can be erased.
  eraseCustomField: { ...manage, ok: 409, body: () => ({ key: 'size' }) },
};
