import { html, type PropertyDeclarations } from 'lit';
import type { Field, FormValues } from '../parts/fields.ts';
import { loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { ConsoleEntryPage } from './entry-page.ts';
import { rememberEmail } from './known-email.ts';

/** Where people make their own account, if the company lets them. The mail with the link decides, not this page. */
export class ConsoleRegister extends ConsoleEntryPage {
  static override properties: PropertyDeclarations = { sentTo: { state: true } };

  /** The address the mail went to. */
  declare sentTo: string | null;

  constructor() {
    super();
    this.sentTo = null;
  }

  get heading(): string {
    return t(this.sentTo === null ? 'register.title' : 'mailSent.title');
  }

  protected override content() {
    if (this.sentTo !== null) return this.#sent(this.sentTo);
    if (this.isOptionsLoading) return loadingState(3);
    const { registration, registrationDomains } = this.options ?? {};
    if (registration === 'off') return html`<p>${t('register.off')}</p>${this.signInLink(t('entry.backToSignIn'))}`;
    const domains = registrationDomains?.join(', ') ?? '';
    return html`<p class="muted">${registration === 'domains' ? t('register.domains', { domains }) : t('register.text')}</p>
      <salespulse-console-form .fields=${this.#fields} .save=${this.#register} .needsAll=${true}
        .submitLabel=${t('register.action')} .busyLabel=${t('entry.busy')}></salespulse-console-form>
      ${this.signInLink(t('register.known'))}`;
  }

  readonly #fields: readonly Field[] = [
    {
      name: 'name',
      label: t('entry.name'),
      kind: 'text',
      required: true,
      maxLength: 200,
      autocomplete: 'name',
      isWide: true,
    },
    { name: 'email', label: t('signIn.email'), kind: 'email', required: true, autocomplete: 'username', isWide: true },
    {
      name: 'password',
      label: t('signIn.password'),
      kind: 'new-password',
      required: true,
      judge: this.judge,
      isWide: true,
    },
  ];

  readonly #register = async ({ name, email, password }: FormValues): Promise<void> => {
    await ask(this.session, 'auth/register', { name, email, password });
    rememberEmail(String(email));
    this.sentTo = String(email);
  };

  #sent(email: string) {
    return html`<p>${t('register.sent', { email })}</p>
      <p class="muted">${t('register.sent.next')}</p>
      ${this.outboxNote()}
      <salespulse-console-send-again .session=${this.session} .email=${email}></salespulse-console-send-again>
      ${this.signInLink(t('entry.backToSignIn'))}`;
  }
}
