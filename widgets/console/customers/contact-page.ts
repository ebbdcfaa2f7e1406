import { html } from 'lit';
import type { Contact } from '../../../backend/contracts/customers.ts';
import { recordLink } from '../records/facts.ts';
import { RecordPage } from '../records/record-page.ts';
import type { References } from '../records/references.ts';
import { contactFacts, contactFields, contactValues } from './customer-fields.ts';

/** The page of a contact. */
export class ConsoleContactPage extends RecordPage<Contact> {
  get entity() {
    return 'contact' as const;
  }

  get listPath() {
    return 'contacts';
  }

  protected override fields(references: References) {
    return contactFields(this.app, references, this.record);
  }

  protected override values(contact: Contact) {
    return contactValues(contact);
  }

  protected override facts(contact: Contact, references: References) {
    return contactFacts(this.app, references, contact);
  }

  protected override subtitle(contact: Contact) {
    return html`${contact.title ?? ''} ${recordLink(this.app, 'account', contact.account) ?? ''}`;
  }
}
