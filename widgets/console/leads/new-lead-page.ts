import { NewRecordPage } from '../records/new-page.ts';
import type { References } from '../records/references.ts';
import { leadFields } from './lead-fields.ts';

/** The form for a new lead. */
export class ConsoleNewLeadPage extends NewRecordPage {
  get entity() {
    return 'lead' as const;
  }

  get listPath() {
    return 'leads';
  }

  protected override fields(references: References) {
    return leadFields(this.app, references, null);
  }

  protected override values() {
    return { ownerId: this.app.me.id };
  }
}
