export { createLeads } from './lead.routes.ts';
export type { LeadService } from './lead.service.ts';
