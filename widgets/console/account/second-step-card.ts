import { html, nothing } from 'lit';
import type { MySecurity, TotpSetup } from '../../../backend/contracts/account.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';
import type { Guard } from './proof-dialog.ts';

/** The authenticator app and the recovery codes. */
export class ConsoleSecondStepCard extends ConsoleElement {
  static override properties = {
    security: { attribute: false },
    guard: { attribute: false },
    changed: { attribute: false },
    setup: { state: true },
  };

  declare security: MySecurity;
  declare guard: Guard;
  /** Something was changed, with the recovery codes to be shown where there are new ones. */
  declare changed: (recoveryCodes?: readonly string[] | null) => void;
  declare setup: TotpSetup | null;

  constructor() {
    super();
    this.setup = null;
  }

  protected override render() {
    const { totp, passkeys, recoveryCodesLeft } = this.security;
    const hasSecondStep = totp.isOn || passkeys.length > 0;
    return html`<section class="card">
      <header class="card-header"><h2>${t('totp.title')}</h2>${state(hasSecondStep)}</header>
      <p class="muted">${t('totp.text')}</p>
      <ul class="lines">
        <li><div><p class="lines-title">${t('totp.app')}</p>
            <p class="muted">${totp.isOn ? t('totp.since', { day: this.app.format.moment(totp.since, { dateStyle: 'medium' }) }) : t('totp.off')}</p></div>
          ${
            totp.isOn
              ? html`<button type="button" class="button button-danger-quiet" @click=${this.#remove}>${t('totp.remove')}</button>`
              : html`<button type="button" class="button" @click=${this.#begin}>${t('totp.setUp')}</button>`
          }</li>
        ${hasSecondStep ? this.#recovery(recoveryCodesLeft) : nothing}
      </ul>
    </section>
    <salespulse-console-totp-dialog .app=${this.app} .setup=${this.setup} .guard=${this.guard} .confirmed=${this.#confirmed} .onClose=${this.#close}></salespulse-console-totp-dialog>`;
  }

  #recovery(count: number) {
    return html`<li><div><p class="lines-title">${t('codes.heading')}</p>
        <p class=${count < 3 ? 'overdue' : 'muted'}>${t('codes.left', { count })}</p></div>
      <button type="button" class="button" @click=${this.#newCodes}>${t('codes.new')}</button></li>`;
  }

  readonly #begin = (): Promise<void> =>
    this.#try(async () => {
      this.setup = await this.guard(() => this.app.api.send<TotpSetup>('POST', 'me/totp'));
    });

  readonly #close = (): void => {
    // The secret doesn't outlive the dialog.
    this.setup = null;
  };

  readonly #confirmed = (recoveryCodes: readonly string[] | null): void => {
    this.setup = null;
    this.app.notify(t('totp.done'));
    this.changed(recoveryCodes);
  };

  readonly #remove = async (): Promise<void> => {
    const question = {
      title: t('totp.remove.title'),
      text: t('totp.remove.text'),
      action: t('totp.remove'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    await this.#try(async () => {
      await this.guard(() => this.app.api.send('DELETE', 'me/totp'));
      this.app.notify(t('totp.removed'));
      this.changed();
    });
  };

  readonly #newCodes = async (): Promise<void> => {
    const question = { title: t('codes.new.title'), text: t('codes.new.text'), action: t('codes.new') };
    if (this.security.recoveryCodesLeft > 0 && !(await this.app.confirm(question))) return;
    await this.#try(async () => {
      const { recoveryCodes } = await this.guard(() =>
        this.app.api.send<{ recoveryCodes: string[] | null }>('POST', 'me/recovery-codes'),
      );
      this.changed(recoveryCodes);
    });
  };

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}

const state = (isOn: boolean) =>
  html`<span class="badge ${isOn ? 'badge-won' : ''}">${t(isOn ? 'totp.state.on' : 'totp.state.off')}</span>`;
