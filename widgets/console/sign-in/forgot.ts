import { html, type PropertyDeclarations } from 'lit';
import type { Field, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { ConsoleEntryPage } from './entry-page.ts';
import { knownEmail, rememberEmail } from './known-email.ts';

/** Asks for a mail with a link to a new password. Says the same whether the address is known or not. */
export class ConsoleForgot extends ConsoleEntryPage {
  static override properties: PropertyDeclarations = { sentTo: { state: true } };

  declare sentTo: string | null;
  readonly #values: FormValues = { email: knownEmail() };

  constructor() {
    super();
    this.sentTo = null;
  }

  get heading(): string {
    return t(this.sentTo === null ? 'forgot.title' : 'mailSent.title');
  }

  protected override content() {
    if (this.sentTo !== null)
      return html`<p>${t('forgot.sent', { email: this.sentTo })}</p>
        <p class="muted">${t('forgot.sent.next')}</p>
        ${this.outboxNote()}${this.signInLink(t('entry.backToSignIn'))}`;
    return html`<p class="muted">${t('forgot.text')}</p>
      <salespulse-console-form .fields=${this.#fields} .values=${this.#values} .save=${this.#send} .needsAll=${true}
        .submitLabel=${t('forgot.action')} .busyLabel=${t('entry.busy')}></salespulse-console-form>
      ${this.signInLink(t('entry.backToSignIn'))}`;
  }

  readonly #fields: readonly Field[] = [
    { name: 'email', label: t('signIn.email'), kind: 'email', required: true, autocomplete: 'username', isWide: true },
  ];

  readonly #send = async ({ email }: FormValues): Promise<void> => {
    await ask(this.session, 'auth/password/forgot', { email });
    rememberEmail(String(email));
    this.sentTo = String(email);
  };
}
