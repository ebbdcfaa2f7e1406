import { createCustomers } from './customers/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { JobDefinition } from './jobs/index.ts';
import { createLeads } from './leads/index.ts';
import { createOpportunities } from './opportunities/index.ts';
import { leadKind, opportunityKind } from './pipeline/index.ts';
import { recordsJobs } from './records/index.ts';

/** The jobs that change records as people do: by the same services. */
export function recordJobs(deps: Dependencies): JobDefinition[] {
  const customers = createCustomers(deps);
  const { opportunities, moves: opportunityMoves } = createOpportunities(deps);
  const { leads, moves: leadMoves } = createLeads(deps, { ...customers, opportunities });
  return recordsJobs({
    lead: { kind: leadKind, records: leads, moves: leadMoves },
    opportunity: { kind: opportunityKind, records: opportunities, moves: opportunityMoves },
  });
}
