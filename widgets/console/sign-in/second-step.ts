import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ApiError } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { rendered } from '../parts/rendered.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { hasPasskeys, type PasskeyOptions, passkeyText, usePasskey } from './passkey-ceremony.ts';

export type SecondMethod = 'totp' | 'passkey' | 'recovery';

/** A half-done sign-in: its name on the server, and how it may go on. */
export interface Challenge {
  challenge: string;
  methods: readonly SecondMethod[];
}

/** The second step of a sign-in: a code from the app, a passkey, or one of the recovery codes. */
export class ConsoleSecondStep extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    challenge: { attribute: false },
    done: { attribute: false },
    again: { attribute: false },
    method: { state: true },
    problem: { state: true },
  };

  declare session: Session;
  declare challenge: Challenge;
  declare done: (me: Me) => void;
  /** Begins anew with the password. */
  declare again: (reason: string | null) => void;
  declare method: SecondMethod | null;
  declare problem: string | null;

  constructor() {
    super();
    this.method = null;
    this.problem = null;
  }

  /** The ways this browser can go; the code of the app first, because it is the most common. */
  get #methods(): readonly SecondMethod[] {
    const order: SecondMethod[] = ['totp', 'passkey', 'recovery'];
    return order.filter((way) => this.challenge.methods.includes(way) && (way !== 'passkey' || hasPasskeys()));
  }

  get #method(): SecondMethod {
    return this.method ?? this.#methods[0] ?? 'recovery';
  }

  protected override async updated(changed: PropertyValues): Promise<void> {
    if (!changed.has('method') && !changed.has('challenge')) return;
    await rendered(this);
    this.querySelector<HTMLElement>('input, .button-primary')?.focus();
  }

  protected override render() {
    const others = this.#methods.filter((method) => method !== this.#method);
    return html`<p class="muted">${t(`step.${this.#method}.text`)}</p>
      ${this.problem ? banner('error', this.problem) : nothing}
      ${this.#method === 'passkey' ? this.#passkey() : this.#codeForm(this.#method)}
      <div class="entry-ways">
        ${others.map(
          (method) =>
            html`<button type="button" class="button button-block" @click=${() => this.#choose(method)}>${t(`step.${method}.use`)}</button>`,
        )}
        <button type="button" class="link-button" @click=${() => this.again(null)}>${t('step.again')}</button>
      </div>`;
  }

  #codeForm(method: 'totp' | 'recovery') {
    const field: Field = {
      name: 'code',
      label: t(`step.${method}.code`),
      kind: 'text',
      required: true,
      maxLength: 40,
      isWide: true,
      ...(method === 'totp' ? { autocomplete: 'one-time-code', inputMode: 'numeric' } : {}),
    };
    // A form of its own for each way, so that a half-typed code doesn't wander into the other.
    return repeat(
      [method],
      (key) => key,
      () => html`<salespulse-console-form .fields=${[field]} .save=${this.#send} .needsAll=${true}
        .submitLabel=${t('step.action')} .busyLabel=${t('signIn.busy')}></salespulse-console-form>`,
    );
  }

  #passkey() {
    return html`<button type="button" class="button button-primary button-block" @click=${this.#withPasskey}>${icon('key')}${t('step.passkey.action')}</button>`;
  }

  #choose(method: SecondMethod): void {
    this.method = method;
    this.problem = null;
  }

  readonly #send = async ({ code }: FormValues): Promise<void> => {
    const { challenge } = this.challenge;
    try {
      const { user } = await ask<{ user: Me }>(this.session, `auth/mfa/${this.#method}`, { challenge, code });
      this.done(user);
    } catch (error) {
      if (this.#hasRunOut(error)) return;
      const input = this.querySelector<HTMLInputElement>('input[name=code]');
      if (input && error instanceof ApiError && error.status !== 0) input.value = '';
      throw error;
    }
  };

  readonly #withPasskey = async (): Promise<void> => {
    this.problem = null;
    const { challenge } = this.challenge;
    try {
      const asked = await ask<PasskeyOptions>(this.session, 'auth/mfa/passkey/options', { challenge });
      const response = await usePasskey(asked);
      const body = { challenge: asked.challenge, response };
      this.done((await ask<{ user: Me }>(this.session, 'auth/mfa/passkey', body)).user);
    } catch (error) {
      if (!this.#hasRunOut(error)) this.problem = passkeyText(error);
    }
  };

  /** After five minutes, or once used, the half-done sign-in is gone: it begins anew. */
  #hasRunOut(error: unknown): boolean {
    const isOver = error instanceof ApiError && error.code === 'session_ended';
    if (isOver) this.again(t('step.runOut'));
    return isOver;
  }
}
