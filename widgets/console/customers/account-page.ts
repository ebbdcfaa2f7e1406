import { html } from 'lit';
import type { Account } from '../../../backend/contracts/customers.ts';
import { can } from '../app.ts';
import { RecordPage } from '../records/record-page.ts';
import type { References } from '../records/references.ts';
import { accountFacts, accountFields, accountValues } from './customer-fields.ts';

/** The page of an account, with its people and its deals. */
export class ConsoleAccountPage extends RecordPage<Account> {
  get entity() {
    return 'account' as const;
  }

  get listPath() {
    return 'accounts';
  }

  protected override fields(references: References) {
    return accountFields(this.app, references, this.record);
  }

  protected override values(account: Account) {
    return accountValues(account);
  }

  protected override facts(account: Account, references: References) {
    return accountFacts(this.app, references, account);
  }

  protected override subtitle(account: Account) {
    return [account.industry, account.country].filter(Boolean).join(' · ');
  }

  protected override content(account: Account, references: References) {
    const related = (['opportunity', 'contact'] as const).filter((kind) => can(this.app.me, `${kind}.read`));
    return html`<div class="record-grid">
      <div class="record-main">${this.details(account, references)} ${this.timeline(account, account.id)}</div>
      <div class="record-side">
        ${related.map((kind) => html`<salespulse-console-related .app=${this.app} .kind=${kind} .account=${account.id}></salespulse-console-related>`)}
      </div>
    </div>`;
  }
}
