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

/** What rules need beyond the store: the rights of their owners, and the records. */
export const ruleDependencies = (
  deps: Dependencies,
  identity: Pick<Identity, 'loadPrincipal'>,
): EngineDependencies => ({
  ...deps,
  loadPrincipal: (userId) => identity.loadPrincipal(userId, 'system', null),
  records: recordPorts(deps),
});

/** Runs rules in this process; answers how to stop. */
export const startRules = (deps: Dependencies, identity: Pick<Identity, 'loadPrincipal'>): (() => Promise<void>) =>
  startAutomationWorker(ruleDependencies(deps, identity));
