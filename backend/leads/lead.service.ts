import type { LeadCreate, LeadUpdate } from '../contracts/leads.ts';
import type { Dependencies } from '../dependencies.ts';
import { createRecordService, leadKind, type RecordService } from '../pipeline/index.ts';
import { leadColumns } from './lead-columns.ts';

/** Reading and writing of leads within the asker's scope. */
export type LeadService = RecordService<LeadCreate, LeadUpdate>;

export function createLeadService(deps: Dependencies): LeadService {
  return createRecordService<LeadCreate, LeadUpdate>(leadKind, deps, leadColumns(deps.config.currency));
}
