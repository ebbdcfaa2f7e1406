import { z } from 'zod';
import {
  automationCatalogueSchema,
  ruleCreateSchema,
  ruleListQuery,
  rulePageSchema,
  ruleRunPageSchema,
  ruleRunQuery,
  ruleRunSchema,
  ruleSchema,
  ruleUpdateSchema,
  webhookSecretSchema,
} from '../contracts/automation.ts';
import { idParams } from '../contracts/common.ts';
import { jobAcceptedSchema } from '../contracts/jobs.ts';
import { pipelineEntitySchema } from '../contracts/pipelines.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../http/index.ts';
import type { Rules } from './rule.service.ts';
import type { Runs } from './run.service.ts';

const shared = { tag: 'Automation', access: 'automation.manage' } as const;

/** Rules, what they would have done and what they did. `secret`: signs calls of other systems. */
export function ruleRoutes(rules: Rules, runs: Runs, secret: () => string): AnyRoute[] {
  return [...crudRoutes(rules), ...lifeRoutes(rules), ...runRoutes(runs), secretRoute(secret)];
}

function crudRoutes(rules: Rules): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/automation-rules',
      operationId: 'listAutomationRules',
      summary: 'Rules by name',
      query: ruleListQuery,
      responses: { 200: rulePageSchema },
      handler: async ({ principal, query }) => ({ body: await rules.list(principal, query) }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/automation-rules',
      operationId: 'createAutomationRule',
      summary: 'Write a rule; it is a draft until it goes live',
      body: ruleCreateSchema,
      responses: { 201: ruleSchema },
      handler: async ({ actor, body }) => created('/automation-rules', await rules.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/automation-rules/:id',
      operationId: 'getAutomationRule',
      summary: 'One rule',
      params: idParams,
      responses: { 200: ruleSchema },
      handler: async ({ principal, params }) => versioned(await rules.get(principal, params.id)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/automation-rules/:id',
      operationId: 'updateAutomationRule',
      summary: 'Change a rule; a live one whose work changes is a draft again',
      params: idParams,
      body: ruleUpdateSchema,
      responses: { 200: ruleSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await rules.update(actor, params.id, ifMatch, body)),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/automation-rules/:id',
      operationId: 'deleteAutomationRule',
      summary: 'Delete a rule; what it did stays in the timelines',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await rules.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/automation-catalogue',
      operationId: 'getAutomationCatalogue',
      summary: 'What rules of leads or of opportunities can be made of',
      query: z.strictObject({ entity: pipelineEntitySchema }),
      responses: { 200: automationCatalogueSchema },
      handler: async ({ principal, query }) => ({ body: await rules.catalogue(principal, query.entity) }),
    }),
  ];
}

function lifeRoutes(rules: Rules): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: '/automation-rules/:id/replay',
      operationId: 'replayAutomationRule',
      summary: 'Find out what the rule would have done over the last 90 days',
      params: idParams,
      responses: { 202: jobAcceptedSchema },
      handler: async ({ actor, params }) => ({ status: 202, body: { job: await rules.replay(actor, params.id) } }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/automation-rules/:id/activate',
      operationId: 'activateAutomationRule',
      summary: 'Let a rule that was replayed go live; refused when the live rules could then loop',
      params: idParams,
      responses: { 200: ruleSchema },
      handler: async ({ actor, params, ifMatch }) => versioned(await rules.activate(actor, params.id, ifMatch)),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/automation-rules/:id/pause',
      operationId: 'pauseAutomationRule',
      summary: 'Stop a rule; runs that wait are skipped',
      params: idParams,
      responses: { 200: ruleSchema },
      handler: async ({ actor, params, ifMatch }) => versioned(await rules.pause(actor, params.id, ifMatch)),
    }),
  ];
}

function runRoutes(runs: Runs): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/automation-rules/:id/runs',
      operationId: 'listAutomationRuns',
      summary: 'What the rule did, newest first',
      params: idParams,
      query: ruleRunQuery,
      responses: { 200: ruleRunPageSchema },
      handler: async ({ principal, params, query }) => ({ body: await runs.list(principal, params.id, query) }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/automation-runs/:id/retry',
      operationId: 'retryAutomationRun',
      summary: 'Go on with a run that failed or was skipped, from the step where it stopped',
      params: idParams,
      responses: { 200: ruleRunSchema },
      handler: async ({ actor, params }) => ({ body: await runs.retry(actor, params.id) }),
    }),
  ];
}

const secretRoute = (secret: () => string): AnyRoute =>
  defineRoute({
    ...shared,
    method: 'get',
    path: '/automation-webhook-secret',
    operationId: 'getAutomationWebhookSecret',
    summary: 'The secret by which receivers check that a call comes from here',
    holdsSecret: true,
    responses: { 200: webhookSecretSchema },
    handler: async () => ({ body: { secret: secret() } }),
  });
