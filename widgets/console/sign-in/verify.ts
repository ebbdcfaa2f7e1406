import { html, type PropertyValues } from 'lit';
import type { Field, FormValues } from '../parts/fields.ts';
import { Loader } from '../parts/loader.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { knownEmail, rememberEmail } from './known-email.ts';
import { ConsoleTokenPage } from './token-page.ts';

/** Where the mail of a registration leads: confirms the address as soon as it is opened. */
export class ConsoleVerify extends ConsoleTokenPage {
  static override properties = { sentTo: { state: true } };

  /** The address another link was sent to. */
  declare sentTo: string | null;
  readonly #answer = new Loader<{ email: string }>(this);

  constructor() {
    super();
    this.sentTo = null;
  }

  get heading(): string {
    if (this.sentTo !== null) return t('mailSent.title');
    const { kind } = this.#answer.state;
    if (kind === 'ready') return t('verify.done');
    return this.token === null || kind === 'error' ? t('verify.dead') : t('verify.title');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#confirm();
  }

  readonly #confirm = (): void => {
    const { token } = this;
    if (token === null) return;
    void this.#answer.load(async (signal) => {
      const answer = await ask<{ email: string }>(this.session, 'auth/email/verify', { token }, signal);
      rememberEmail(answer.email);
      return answer;
    });
  };

  protected override content() {
    if (this.sentTo !== null)
      return html`<p>${t('verify.sent', { email: this.sentTo })}</p>${this.outboxNote()}${this.signInLink(t('entry.backToSignIn'))}`;
    if (this.token === null) return this.#sendAnother(t('link.incomplete'));
    const { state } = this.#answer;
    switch (state.kind) {
      case 'loading':
        return html`<p>${t('verify.busy')}</p>${loadingState(1)}`;
      case 'error':
        return this.isUsedUp(state.error)
          ? this.#sendAnother(t('verify.usedUp'))
          : errorState(state.error, this.#confirm);
      case 'ready':
        return html`<p>${t('verify.text', { email: state.data.email })}</p>
          <a class="button button-primary button-block" href="/sign-in">${t('entry.toSignIn')}</a>`;
    }
  }

  #sendAnother(text: string) {
    const fields: Field[] = [
      {
        name: 'email',
        label: t('signIn.email'),
        kind: 'email',
        required: true,
        autocomplete: 'username',
        isWide: true,
      },
    ];
    return this.deadLink(
      text,
      html`<salespulse-console-form .fields=${fields} .values=${{ email: knownEmail() }} .save=${this.#send} .needsAll=${true}
        .submitLabel=${t('verify.another')} .busyLabel=${t('entry.busy')}></salespulse-console-form>`,
    );
  }

  readonly #send = async ({ email }: FormValues): Promise<void> => {
    await ask(this.session, 'auth/email/resend', { email });
    this.sentTo = String(email);
  };
}
