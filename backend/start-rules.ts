import { isAllowed } from './access/index.ts';
import { type EngineDependencies, type RecordPorts, startAutomationWorker } from './automation/index.ts';
import { createCustomers } from './customers/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { Identity } from './identity/index.ts';
import { createLeads } from './leads/index.ts';
import { createOpportunities } from './opportunities/index.ts';

/** Leads and opportunities as rules change them: by the services that people use. */
export function recordPorts(deps: Dependencies): RecordPorts {
  const customers = createCustomers(deps);
  const opportunities = createOpportunities(deps);
  const leads = createLeads(deps, { ...customers, opportunities: opportunities.opportunities });
  return {
    async update(tx, actor, entity, id, change) {
      if (entity === 'lead') await leads.leads.updateIn(tx, actor, id, change, null);
      else await opportunities.opportunities.updateIn(tx, actor, id, change, null);
    },
    async move(tx, actor, entity, id, stageId) {
      const { moves } = entity === 'lead' ? leads : opportunities;
      await moves.moveIn(tx, actor, { id, move: { stageId }, version: null });
    },
  };
}

/** What rules need beyond the store: their owners, as long as these may manage rules, and the records. */
export const ruleDependencies = (
  deps: Dependencies,
  identity: Pick<Identity, 'loadPrincipal'>,
): EngineDependencies => ({
  ...deps,
  async loadPrincipal(userId) {
    const principal = await identity.loadPrincipal(userId, 'system', null);
    return principal && isAllowed(principal, 'automation.manage') ? principal : null;
  },
  records: recordPorts(deps),
});

/** Runs rules in this process; answers how to stop. */
export const startRules = (deps: Dependencies, identity: Pick<Identity, 'loadPrincipal'>): (() => Promise<void>) =>
  startAutomationWorker(ruleDependencies(deps, identity));
