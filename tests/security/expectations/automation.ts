import type { Expectation } from '../support/expectation.ts';

const needs = 'automation.manage';
const rule = { needs, ok: 200, kind: 'automationRule' } as const;

/** Rules, their runs, and the mails they send. */
export const automation: Record<string, Expectation> = {
  listAutomationRules: { needs, ok: 200 },
  createAutomationRule: {
    needs,
    ok: 201,
    body: () => ({
      entity: 'lead',
      name: 'Tell',
      trigger: { on: 'created' },
      actions: [{ do: 'notify', text: 'New' }],
    }),
  },
  getAutomationRule: rule,
  updateAutomationRule: { ...rule, body: () => ({ name: 'Renamed' }) },
  deleteAutomationRule: { ...rule, ok: 204 },
  replayAutomationRule: { ...rule, ok: 202 },
  // Nobody replayed it.
  activateAutomationRule: { ...rule, ok: 409 },
  pauseAutomationRule: rule,
  listAutomationRuns: rule,
  retryAutomationRun: { needs, ok: 404, params: () => ({ id: '01890000-0000-7000-8000-000000000000' }) },
  getAutomationCatalogue: { needs, ok: 200, query: 'entity=lead' },
  getAutomationWebhookSecret: { needs, ok: 200 },
  listMailTemplates: { needs, ok: 200 },
  createMailTemplate: {
    needs,
    ok: 201,
    body: () => ({ name: 'Hello', subject: 'Hello', body: 'Hello {{contact.name}}' }),
  },
  updateMailTemplate: { needs, ok: 200, kind: 'mailTemplate', body: () => ({ subject: 'Good day' }) },
  deleteMailTemplate: { needs, ok: 204, kind: 'mailTemplate' },
};
