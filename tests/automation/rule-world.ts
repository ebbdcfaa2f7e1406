import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { EngineDependencies } from '../../backend/automation/index.ts';
import { replayJob } from '../../backend/automation/replay/replay.job.ts';
import { sweepClock } from '../../backend/automation/sweep.ts';
import { workOff } from '../../backend/automation/worker.ts';
import type {
  AutomationRuleWire,
  RuleAction,
  RuleConditions,
  RuleRun,
  RuleTrigger,
} from '../../backend/contracts/automation.ts';
import type { PipelineEntity } from '../../backend/contracts/pipelines.ts';
import { ruleDependencies } from '../../backend/start-rules.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import type { Answer } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

interface RuleInput {
  entity?: PipelineEntity;
  name?: string;
  trigger: RuleTrigger;
  conditions?: Partial<RuleConditions>;
  actions: unknown[];
}

/** A server whose rules run when the test says so. */
export interface RuleWorld {
  crm: Crm;
  admin: CheckedClient;
  deps: EngineDependencies;
  /** writes a rule; 201 expected */
  write(input: RuleInput): Promise<AutomationRuleWire>;
  /** as the administrator, or somebody else */
  replay(rule: { id: string }, person?: 'admin' | 'manager'): Promise<AutomationRuleWire>;
  activate(rule: { id: string }): Promise<Answer<AutomationRuleWire>>;
  /** a rule that is live */
  live(input: RuleInput): Promise<AutomationRuleWire>;
  pauseAll(): Promise<void>;
  /** works off changes and runs */
  work(): Promise<void>;
  /** looks at the clock, then works off */
  pass(): Promise<void>;
  runs(rule: { id: string }): Promise<RuleRun[]>;
}

/** One server for a test file. */
export function ruleWorld(environment: NodeJS.ProcessEnv = {}): RuleWorld {
  const world = {} as RuleWorld;
  let names = 0;
  beforeAll(async () => {
    // Without a worker of its own, so that nothing runs behind the test's back.
    const crm = await startCrm({ SALESPULSE_ROLE: 'web', ...environment });
    const { config, database, runtime, clock } = crm;
    const logger = pino({ level: 'silent' });
    const deps = ruleDependencies({ config, database, logger, clock: () => clock.now ?? new Date() }, runtime.identity);
    const admin = await crm.as('admin');
    const read = async (id: string) => (await admin.get<AutomationRuleWire>(`/automation-rules/${id}`)).body;
    Object.assign(world, {
      crm,
      admin,
      deps,
      async write({ entity = 'lead', name, trigger, conditions = {}, actions }) {
        names += 1;
        const answer: Answer<AutomationRuleWire> = await admin.post<AutomationRuleWire>('/automation-rules', {
          entity,
          name: name ?? `Rule ${names}`,
          trigger,
          conditions,
          actions,
        });
        if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
        return answer.body;
      },
      async replay({ id }, person = 'admin') {
        const rule = await read(id);
        const principal = await runtime.identity.loadPrincipal(crm.company.users[person], 'system', null);
        const context = { db: database, actor: { principal, requestId: null }, progress: async () => {} };
        await replayJob(deps).run(context as never, { ruleId: id, version: rule.version } as never);
        return read(id);
      },
      activate: ({ id }) => admin.post<AutomationRuleWire>(`/automation-rules/${id}/activate`, {}),
      async live(input) {
        const rule = await world.replay(await world.write(input));
        const answer: Answer<AutomationRuleWire> = await world.activate(rule);
        if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
        return answer.body;
      },
      async pauseAll() {
        const { items } = (await admin.get<{ items: AutomationRuleWire[] }>('/automation-rules?state=active')).body;
        for (const { id } of items) await admin.post(`/automation-rules/${id}/pause`, {});
      },
      work: () => workOff(deps),
      async pass() {
        await sweepClock(deps);
        await workOff(deps);
      },
      runs: async ({ id }) => (await admin.get<{ items: RuleRun[] }>(`/automation-rules/${id}/runs`)).body.items,
    } satisfies RuleWorld);
  });
  afterAll(() => world.crm?.close());
  return world;
}

/** A rule's shortest step. */
export const tell = (text = 'Look at it'): RuleAction => ({ do: 'notify', owner: true, userIds: [], text });
