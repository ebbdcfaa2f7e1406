import { NewRecordPage } from '../records/new-page.ts';
import type { References } from '../records/references.ts';
import { accountFields, contactFields } from './customer-fields.ts';

/** The form for a new account. */
export class ConsoleNewAccountPage extends NewRecordPage {
  get entity() {
    return 'account' as const;
  }

  get listPath() {
    return 'accounts';
  }

  protected override fields(references: References) {
    return accountFields(this.app, references, null);
  }

  protected override values() {
    return { ownerId: this.app.me.id };
  }
}

/** The form for a new contact. */
export class ConsoleNewContactPage extends NewRecordPage {
  get entity() {
    return 'contact' as const;
  }

  get listPath() {
    return 'contacts';
  }

  protected override fields(references: References) {
    return contactFields(this.app, references, null);
  }

  protected override values() {
    return { ownerId: this.app.me.id };
  }
}
