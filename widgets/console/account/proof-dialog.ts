import { html, nothing, type PropertyDeclarations } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MySecurity } from '../../../backend/contracts/account.ts';
import { ApiError } from '../../base/api.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { rendered } from '../parts/rendered.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { ask } from '../sign-in/auth-request.ts';
import { hasPasskeys, type PasskeyOptions, passkeyText, usePasskey } from '../sign-in/passkey-ceremony.ts';
import { t } from '../text.ts';

type Way = 'password' | 'code' | 'passkey';

/** Runs an action; where the server first wants to know who is there, asks, and runs it once more. */
export type Guard = <T>(action: () => Promise<T>) => Promise<T>;

/** "Prove that it's you": before the protection of an account is changed. */
export class ConsoleProofDialog extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    isOpen: { state: true },
    way: { state: true },
    problem: { state: true },
  };

  declare isOpen: boolean;
  declare way: Way | null;
  declare problem: string | null;
  readonly #security = new Loader<MySecurity>(this);
  #settle: ((isProven: boolean) => void) | null = null;

  constructor() {
    super();
    this.isOpen = false;
    this.way = null;
    this.problem = null;
  }

  /** @throws ApiError of the action, or `proof_declined` when the dialog is closed */
  readonly guard: Guard = async (action) => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'proof_required')) throw error;
      if (await this.#ask()) return action();
      throw new ApiError({ status: 0, code: 'proof_declined', detail: t('proof.declined') }, { cause: error });
    }
  };

  #ask(): Promise<boolean> {
    this.#settle?.(false);
    this.isOpen = true;
    this.way = null;
    this.problem = null;
    this.#load();
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  readonly #load = (): void =>
    void this.#security
      .load((signal) => this.app.api.get<MySecurity>('me/security', {}, { signal }))
      .then(this.#focusStart);

  #end(isProven: boolean): void {
    this.isOpen = false;
    this.#settle?.(isProven);
    this.#settle = null;
  }

  readonly #closed = (): void => this.#end(false);

  protected override render() {
    return html`<salespulse-console-dialog .heading=${t('proof.title')} .isOpen=${this.isOpen} .onClose=${this.#closed}
      .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  /** What the person may prove it by comes from the server, after the dialog opened. */
  readonly #focusStart = async (): Promise<void> => {
    await this.updateComplete;
    await rendered(this);
    this.querySelector<HTMLElement>('.dialog-body :is(input, .button-primary)')?.focus();
  };

  #content() {
    const { state } = this.#security;
    if (state.kind === 'loading') return loadingState(2);
    if (state.kind === 'error') return errorState(state.error, this.#load);
    const ways = waysOf(state.data);
    const way = this.way ?? ways[0];
    if (way === undefined) return html`<p>${t('proof.none')}</p>`;
    const others = ways.filter((other) => other !== way);
    return html`<p>${t('proof.text')}</p>
      ${this.problem ? banner('error', this.problem) : nothing}
      ${way === 'passkey' ? this.#passkey() : this.#form(way)}
      ${others.map((other) => html`<button type="button" class="link-button" @click=${() => this.#choose(other)}>${t(`proof.${other}.use`)}</button>`)}`;
  }

  #form(way: 'password' | 'code') {
    const field: Field = {
      name: way,
      label: t(`proof.${way}`),
      kind: way === 'password' ? 'password' : 'text',
      required: true,
      isWide: true,
      ...(way === 'code' ? { autocomplete: 'one-time-code', maxLength: 40, help: t('proof.code.help') } : {}),
    };
    // A form of its own for each way: what was typed for one is nothing for another.
    return repeat(
      [way],
      (key) => key,
      () => html`<salespulse-console-form .fields=${[field]} .save=${this.#send} .cancel=${this.#closed} .needsAll=${true}
        .submitLabel=${t('proof.action')} .busyLabel=${t('proof.busy')}></salespulse-console-form>`,
    );
  }

  #passkey() {
    return html`<div class="form-actions"><button type="button" class="button" @click=${this.#closed}>${t('form.cancel')}</button>
      <button type="button" class="button button-primary" @click=${this.#withPasskey}>${icon('key')}${t('proof.passkey.action')}</button></div>`;
  }

  #choose(way: Way): void {
    this.way = way;
    this.problem = null;
    void this.#focusStart();
  }

  readonly #send = async (body: FormValues): Promise<void> => {
    await ask(this.app.session, 'me/proof', body);
    this.#end(true);
  };

  readonly #withPasskey = async (): Promise<void> => {
    this.problem = null;
    try {
      const asked = await ask<PasskeyOptions>(this.app.session, 'me/proof/passkey/options');
      const response = await usePasskey(asked);
      await ask(this.app.session, 'me/proof', { challenge: asked.challenge, response });
      this.#end(true);
    } catch (error) {
      this.problem = passkeyText(error);
    }
  };
}

/** The ways a person can prove who they are, the most common first. */
export function waysOf(
  security: Pick<MySecurity, 'hasPassword' | 'totp' | 'passkeys' | 'recoveryCodesLeft'>,
): readonly Way[] {
  const ways: Way[] = [];
  if (security.hasPassword) ways.push('password');
  if (security.totp.isOn || security.recoveryCodesLeft > 0) ways.push('code');
  if (security.passkeys.length > 0 && hasPasskeys()) ways.push('passkey');
  return ways;
}
