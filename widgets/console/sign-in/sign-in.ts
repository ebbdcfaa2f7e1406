import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ApiError } from '../../base/api.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { rendered } from '../parts/rendered.ts';
import { banner } from '../parts/states.ts';
import { entryRoutes } from '../shell/routes.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { ConsoleEntryPage } from './entry-page.ts';
import { knownEmail, rememberEmail } from './known-email.ts';
import { hasPasskeys, type PasskeyOptions, passkeyText, usePasskey } from './passkey-ceremony.ts';
import type { Challenge } from './second-step.ts';
import { takeSsoProblem } from './sso-problem.ts';

type FirstAnswer = { user: Me } | ({ mfaRequired: true } & Challenge);

/** The sign-in page. It stands at the address that was asked for, so that one arrives there afterwards. */
export class ConsoleSignIn extends ConsoleEntryPage {
  static override properties: PropertyDeclarations = {
    reason: { attribute: false },
    challenge: { state: true },
    problem: { state: true },
    unverified: { state: true },
  };

  /** Why one is here, such as an ended session. */
  declare reason: string | null;
  /** Set once the password was right and a second step is asked for. */
  declare challenge: Challenge | null;
  declare problem: string | null;
  /** The address whose registration waits for its mail to be opened. */
  declare unverified: string | null;
  readonly #ssoProblem = takeSsoProblem();
  readonly #values: FormValues = { email: knownEmail() };

  constructor() {
    super();
    this.reason = null;
    this.challenge = null;
    this.problem = this.#ssoProblem;
    this.unverified = null;
  }

  get heading(): string {
    return this.challenge ? t('step.title') : t('signIn.title');
  }

  protected override focusStart(): void {
    if (this.challenge) return;
    void this.#focusInput();
  }

  async #focusInput(): Promise<void> {
    await rendered(this);
    if (this.querySelector('form')?.contains(document.activeElement)) return;
    this.querySelector<HTMLInputElement>(knownEmail() ? 'input[name=password]' : 'input')?.focus();
  }

  protected override content() {
    if (this.challenge) {
      return html`<salespulse-console-second-step .session=${this.session} .challenge=${this.challenge} .done=${this.done}
        .again=${this.#again}></salespulse-console-second-step>`;
    }
    return html`${this.reason && !this.problem ? banner('info', this.reason) : nothing}
      ${this.problem ? banner('error', this.problem) : nothing}
      <salespulse-console-form .fields=${this.#fields} .values=${this.#values} .save=${this.#signIn} .needsAll=${true}
        .submitLabel=${t('signIn.action')} .busyLabel=${t('signIn.busy')}></salespulse-console-form>
      ${this.unverified ? html`<salespulse-console-send-again .session=${this.session} .email=${this.unverified}></salespulse-console-send-again>` : nothing}
      <p class="entry-links"><a href="/forgot">${t('signIn.forgot')}</a>${this.#registerLink()}</p>
      ${this.#otherWays()}`;
  }

  readonly #fields: readonly Field[] = [
    { name: 'email', label: t('signIn.email'), kind: 'email', required: true, autocomplete: 'username', isWide: true },
    { name: 'password', label: t('signIn.password'), kind: 'password', required: true, isWide: true },
  ];

  #registerLink() {
    const { registration = 'off' } = this.options ?? {};
    return registration === 'off' ? nothing : html`<a href="/register">${t('signIn.register')}</a>`;
  }

  #otherWays() {
    const providers = this.options?.providers ?? [];
    if (!hasPasskeys() && providers.length === 0) return nothing;
    return html`<div class="entry-ways">
      <p class="entry-or">${t('signIn.or')}</p>
      ${hasPasskeys() ? html`<button type="button" class="button button-block" @click=${this.#withPasskey}>${icon('key')}${t('signIn.passkey')}</button>` : nothing}
      ${providers.map(
        ({ id, name }) =>
          html`<a class="button button-block" href=${this.#ssoAddress(id)}>${icon('door')}${t('signIn.provider', { name })}</a>`,
      )}
    </div>`;
  }

  /** The address that was asked for comes along, so that one arrives there. */
  #ssoAddress(id: string): string {
    const isEntry = entryRoutes.some(({ path }) => path === location.pathname);
    const returnTo = isEntry ? '/' : location.pathname + location.search;
    return `${this.session.server}/api/v1/auth/sso/${encodeURIComponent(id)}/start?${new URLSearchParams({ returnTo })}`;
  }

  readonly #signIn = async (body: FormValues): Promise<void> => {
    this.problem = null;
    this.unverified = null;
    rememberEmail(String(body.email));
    try {
      this.#taken(await ask<FirstAnswer>(this.session, 'auth/login', { email: body.email, password: body.password }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'forbidden') this.unverified = String(body.email);
      const password = this.querySelector<HTMLInputElement>('input[name=password]');
      if (password && error instanceof ApiError && error.status < 500 && error.status !== 0) password.value = '';
      throw error;
    }
  };

  #taken(answer: FirstAnswer): void {
    if ('user' in answer) this.done(answer.user);
    else this.challenge = answer;
  }

  readonly #withPasskey = async (): Promise<void> => {
    this.problem = null;
    try {
      const asked = await ask<PasskeyOptions>(this.session, 'auth/passkey/options');
      const response = await usePasskey(asked);
      this.#taken(await ask<FirstAnswer>(this.session, 'auth/passkey', { challenge: asked.challenge, response }));
    } catch (error) {
      this.problem = passkeyText(error);
    }
  };

  /** Back to e-mail and password, with the reason where the half-done sign-in has run out. */
  readonly #again = (reason: string | null): void => {
    this.challenge = null;
    this.problem = reason;
  };
}
