export { createLeads, type LeadService } from './lead.routes.ts';
