import type { Expectation } from '../support/expectation.ts';

const manage = { needs: 'pipeline.manage', ok: 200 } as const;
const whole: Expectation['params'] = ({ stages }) => ({ id: stages.opportunity.pipeline });
const stage: Expectation['params'] = ({ stages: { opportunity } }) => ({
  id: opportunity.pipeline,
  stageId: opportunity.second,
});

/** Pipelines, stages and reasons for losing, as administrators set them up; what is won or converted, and taking that back. */
export const pipelines: Record<string, Expectation> = {
  createPipeline: { ...manage, ok: 201, body: () => ({ entity: 'lead', name: 'Partners' }) },
  updatePipeline: { ...manage, params: whole, body: () => ({ name: 'Deals' }) },
  getPipelineUsage: { ...manage, params: whole },
  // The default pipeline stays in use, whoever asks.
  archivePipeline: { ...manage, ok: 409, params: whole, body: () => ({}) },
  restorePipeline: { ...manage, params: whole },
  createStage: { ...manage, ok: 201, params: whole, body: () => ({ name: 'Trial' }) },
  orderStages: {
    ...manage,
    ok: 422,
    params: whole,
    body: ({ stages }) => ({ stageIds: [stages.opportunity.first] }),
  },
  updateStage: { ...manage, params: stage, body: () => ({ wipLimit: 5 }) },
  archiveStage: {
    ...manage,
    params: stage,
    body: ({ stages }) => ({ moveTo: stages.opportunity.first }),
  },
  // It is in use: there is no such archived stage.
  restoreStage: { ...manage, ok: 404, params: stage },
  getLeadConversion: { needs: 'lead.read', ok: 409, kind: 'lead' },
  undoLeadConversion: { needs: 'lead.write', sees: 'lead.read', ok: 409, kind: 'lead' },
  changeWin: {
    needs: 'opportunity.write',
    sees: 'opportunity.read',
    ok: 409,
    kind: 'opportunity',
    body: () => ({ lines: [{ product: null, amount: { amount: '1', currency: 'EUR' } }] }),
  },
  listLostReasons: { needs: 'signed-in', ok: 200 },
  createLostReason: { ...manage, ok: 201, body: () => ({ entity: 'lead', label: 'Moved abroad' }) },
  updateLostReason: { ...manage, kind: 'lostReason', body: () => ({ label: 'Reworded' }) },
  orderLostReasons: { ...manage, ok: 422, body: () => ({ entity: 'lead', ids: [] }) },
};
