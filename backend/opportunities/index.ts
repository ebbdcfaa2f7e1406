export { createOpportunities, type OpportunityService } from './opportunity.routes.ts';
