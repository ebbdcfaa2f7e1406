import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import type { JobDefinition } from '../jobs/index.ts';
import { replayJob } from './replay/replay.job.ts';
import { ruleRoutes } from './rule.routes.ts';
import { createRules } from './rule.service.ts';
import { createRuns } from './run.service.ts';
import { templateRoutes } from './templates/template.routes.ts';
import { createMailTemplates } from './templates/template.service.ts';
import { webhookSecret } from './webhooks/sign.ts';
import { webhookJob } from './webhooks/webhook.job.ts';

/** The HTTP side: rules, their runs, mail templates. */
export const automationRoutes = (deps: Dependencies): AnyRoute[] => [
  ...ruleRoutes(createRules(deps), createRuns(deps), () => webhookSecret(deps.config.secret)),
  ...templateRoutes(createMailTemplates(deps)),
];

/** The work of rules that is done as jobs. */
export const automationJobs = (deps: Dependencies): JobDefinition[] => [replayJob(deps), webhookJob(deps)];
