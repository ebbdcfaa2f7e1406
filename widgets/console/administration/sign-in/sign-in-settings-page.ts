import { html } from 'lit';
import { ConsolePage } from '../../parts/console-element.ts';
import { t } from '../../text.ts';

/** How people get in: registration, sessions, and the company's own login. */
export class ConsoleSignInSettingsPage extends ConsolePage {
  get heading(): string {
    return t('nav.signIn');
  }

  protected override render() {
    return html`<div class="page page-narrow">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <salespulse-console-registration-settings .app=${this.app}></salespulse-console-registration-settings>
      <salespulse-console-provider-list .app=${this.app}></salespulse-console-provider-list>
    </div>`;
  }
}
