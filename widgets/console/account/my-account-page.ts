import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { MySecurity } from '../../../backend/contracts/account.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import type { ConsoleProofDialog, Guard } from './proof-dialog.ts';
import type { ConsoleSessionsCard } from './sessions-card.ts';

/** What a person sees and changes of their own account. */
export class ConsoleMyAccountPage extends ConsolePage {
  static override properties: PropertyDeclarations = { codes: { state: true } };

  /** Recovery codes just made; they are shown once. */
  declare codes: readonly string[] | null;
  readonly #security = new Loader<MySecurity>(this);

  constructor() {
    super();
    this.codes = null;
  }

  get heading(): string {
    return t('app.account');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#security.load((signal) => this.app.api.get<MySecurity>('me/security', {}, { signal }));

  readonly #guard: Guard = (action) => {
    const dialog = this.querySelector<ConsoleProofDialog>('salespulse-console-proof-dialog');
    return dialog ? dialog.guard(action) : action();
  };

  /** A change to the protection may have ended other sessions too. */
  readonly #changed = (codes: readonly string[] | null = null): void => {
    if (codes !== null) this.codes = codes;
    this.#load();
    if (this.app.me.mustAddSecondStep) void this.#askWhoIAm();
    this.querySelector<ConsoleSessionsCard>('salespulse-console-sessions-card')?.load();
  };

  /** With a second step the rest of the console opens. */
  async #askWhoIAm(): Promise<void> {
    try {
      this.app.meChanged(await this.app.api.get<Me>('me'));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override render() {
    const { mustAddSecondStep } = this.app.me;
    const profile = html`<salespulse-console-profile-card .app=${this.app}></salespulse-console-profile-card>`;
    return html`<div class="page page-narrow">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      ${mustAddSecondStep ? banner('warning', t('account.mustAdd')) : profile}
      ${this.#protection()} ${mustAddSecondStep ? profile : nothing}
      <salespulse-console-sessions-card .app=${this.app} .guard=${this.#guard}></salespulse-console-sessions-card>
    </div>
    <salespulse-console-proof-dialog .app=${this.app}></salespulse-console-proof-dialog>
    <salespulse-console-recovery-codes .codes=${this.codes} .onClose=${this.#forgetCodes}></salespulse-console-recovery-codes>`;
  }

  #protection() {
    const { state } = this.#security;
    if (state.kind === 'loading') return html`<section class="card">${loadingState(4)}</section>`;
    if (state.kind === 'error') return errorState(state.error, this.#load);
    const security = state.data;
    return html`<salespulse-console-password-card .app=${this.app} .security=${security} .guard=${this.#guard} .changed=${this.#changed}></salespulse-console-password-card>
      <salespulse-console-second-step-card .app=${this.app} .security=${security} .guard=${this.#guard} .changed=${this.#changed}></salespulse-console-second-step-card>
      <salespulse-console-passkeys-card .app=${this.app} .security=${security} .guard=${this.#guard} .changed=${this.#changed}></salespulse-console-passkeys-card>`;
  }

  readonly #forgetCodes = (): void => {
    this.codes = null;
  };
}
