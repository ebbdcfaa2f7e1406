import { NewRecordPage } from '../records/new-page.ts';
import type { References } from '../records/references.ts';
import { opportunityFields } from './opportunity-fields.ts';

/** The form for a new opportunity. */
export class ConsoleNewOpportunityPage extends NewRecordPage {
  get entity() {
    return 'opportunity' as const;
  }

  get listPath() {
    return 'opportunities';
  }

  protected override fields(references: References) {
    return opportunityFields(this.app, references, null);
  }

  protected override values() {
    return { ownerId: this.app.me.id };
  }
}
