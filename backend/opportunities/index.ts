export { createOpportunities, type OpportunityService } from './opportunity.routes.ts';
export { keepBooks } from './won-edits.ts';
