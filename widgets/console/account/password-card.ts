import { html, nothing } from 'lit';
import type { MySecurity } from '../../../backend/contracts/account.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import type { PasswordJudge } from '../parts/password-input.ts';
import { ask } from '../sign-in/auth-request.ts';
import { t } from '../text.ts';
import type { Guard } from './proof-dialog.ts';

/** Changes the password; people who sign in elsewhere have none here. */
export class ConsolePasswordCard extends ConsoleElement {
  static override properties = {
    security: { attribute: false },
    guard: { attribute: false },
    changed: { attribute: false },
    isOpen: { state: true },
  };

  declare security: MySecurity;
  declare guard: Guard;
  declare changed: () => void;
  declare isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
  }

  protected override render() {
    const { hasPassword, providers } = this.security;
    const names = providers.map(({ name }) => name).join(', ');
    return html`<section class="card">
      <header class="card-header"><h2>${t('passwordCard.title')}</h2>
        ${hasPassword ? html`<button type="button" class="button" @click=${() => this.#show(true)}>${t('passwordCard.change')}</button>` : nothing}</header>
      <p class="muted">${t(hasPassword ? 'passwordCard.text' : 'passwordCard.none')}</p>
      ${names ? html`<p>${t('passwordCard.providers', { names })}</p>` : nothing}
    </section>
    <salespulse-console-form-dialog .app=${this.app} .heading=${t('passwordCard.change')} .isOpen=${this.isOpen} .fields=${this.#fields}
        .save=${this.#save} .submitLabel=${t('passwordCard.change')} .onClose=${() => this.#show(false)}></salespulse-console-form-dialog>`;
  }

  #show(isOpen: boolean): void {
    this.isOpen = isOpen;
  }

  readonly #judge: PasswordJudge = (password, signal) => {
    const { email, name } = this.app.me;
    return ask(this.app.session, 'auth/password/strength', { password, name, ...(email ? { email } : {}) }, signal);
  };

  readonly #fields: readonly Field[] = [
    { name: 'current', label: t('passwordCard.current'), kind: 'password', required: true, isWide: true },
    {
      name: 'password',
      label: t('reset.password'),
      kind: 'new-password',
      required: true,
      judge: this.#judge,
      isWide: true,
    },
  ];

  readonly #save = async ({ current, password }: FormValues): Promise<void> => {
    await this.guard(() => ask(this.app.session, 'me/password', { current, password }));
    this.app.notify(t('passwordCard.done'));
    this.changed();
  };
}
