import { createCustomers } from './customers/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { JobDefinition } from './jobs/index.ts';
import { createLeads } from './leads/index.ts';
import { createOpportunities } from './opportunities/index.ts';
import { bulkTargets, recordsJobs } from './records/index.ts';

/** The jobs that change records as people do: by the same services. */
export function recordJobs(deps: Dependencies): JobDefinition[] {
  const customers = createCustomers(deps);
  const { opportunities, moves: opportunityMoves } = createOpportunities(deps);
  const { leads, moves: leadMoves } = createLeads(deps, { ...customers, opportunities });
  return recordsJobs(
    bulkTargets({
      ...{ leads, leadMoves, opportunities, opportunityMoves },
      ...{ accounts: customers.accounts, contacts: customers.contacts },
    }),
  );
}
