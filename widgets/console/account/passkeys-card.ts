import { html, nothing } from 'lit';
import type { MySecurity, Passkey } from '../../../backend/contracts/account.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import { hasPasskeys, makePasskey, type PasskeyOptions } from '../sign-in/passkey-ceremony.ts';
import { t } from '../text.ts';
import { deviceName } from './device-name.ts';
import type { Guard } from './proof-dialog.ts';

/** The passkeys of an account: add one from this device, name them, remove them. */
export class ConsolePasskeysCard extends ConsoleElement {
  static override properties = {
    security: { attribute: false },
    guard: { attribute: false },
    changed: { attribute: false },
    edited: { state: true },
  };

  declare security: MySecurity;
  declare guard: Guard;
  declare changed: (recoveryCodes?: readonly string[] | null) => void;
  declare edited: Passkey | 'new' | null;

  constructor() {
    super();
    this.edited = null;
  }

  protected override render() {
    const { passkeys } = this.security;
    return html`<section class="card">
      <header class="card-header"><h2>${t('passkeys.title')}</h2>
        ${hasPasskeys() ? html`<button type="button" class="button" @click=${() => this.#edit('new')}>${icon('plus')}${t('passkeys.add')}</button>` : nothing}</header>
      <p class="muted">${t(hasPasskeys() ? 'passkeys.text' : 'passkeys.unsupported')}</p>
      ${passkeys.length > 0 ? html`<ul class="lines">${passkeys.map((passkey) => this.#line(passkey))}</ul>` : nothing}
    </section>
    ${this.#dialog()}`;
  }

  #line(passkey: Passkey) {
    const { format } = this.app;
    const { name, createdAt, lastUsedAt } = passkey;
    const used = lastUsedAt ? t('passkeys.used', { moment: format.moment(lastUsedAt) }) : t('passkeys.unused');
    return html`<li><div><p class="lines-title">${name}</p>
        <p class="muted">${t('passkeys.since', { day: format.moment(createdAt, { dateStyle: 'medium' }) })} · ${used}</p></div>
      <div class="page-actions">
        <button type="button" class="button" aria-label=${t('passkeys.renameOne', { name })} @click=${() => this.#edit(passkey)}>${t('passkeys.rename')}</button>
        <button type="button" class="button button-danger-quiet" aria-label=${t('passkeys.removeOne', { name })} @click=${() => void this.#remove(passkey)}>${t('passkeys.remove')}</button>
      </div></li>`;
  }

  #dialog() {
    const { edited } = this;
    const isNew = edited === 'new';
    const name = edited === null ? '' : isNew ? deviceName(navigator.userAgent) : edited.name;
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${t(isNew ? 'passkeys.add.title' : 'passkeys.rename.title')} .isOpen=${edited !== null}
      .intro=${isNew ? html`<p>${t('passkeys.add.text')}</p>` : nothing} .fields=${this.#fields} .values=${{ name }} .save=${this.#save}
      .submitLabel=${t(isNew ? 'passkeys.add.action' : 'form.save')} .onClose=${() => this.#edit(null)}></salespulse-console-form-dialog>`;
  }

  readonly #fields: readonly Field[] = [
    { name: 'name', label: t('passkeys.name'), kind: 'text', required: true, maxLength: 60, isWide: true },
  ];

  #edit(passkey: Passkey | 'new' | null): void {
    this.edited = passkey;
  }

  readonly #save = async ({ name }: FormValues): Promise<void> => {
    const { api } = this.app;
    const { edited } = this;
    if (edited === null) return;
    if (edited !== 'new') {
      await this.guard(() => api.send('PATCH', `me/passkeys/${edited.id}`, { name }));
      this.changed();
      return;
    }
    const asked = await this.guard(() => api.send<PasskeyOptions>('POST', 'me/passkeys/options'));
    const response = await makePasskey(asked);
    const body = { challenge: asked.challenge, name, response };
    const { recoveryCodes } = await this.guard(() =>
      api.send<{ recoveryCodes: string[] | null }>('POST', 'me/passkeys', body),
    );
    this.app.notify(t('passkeys.added'));
    this.changed(recoveryCodes);
  };

  async #remove({ id, name }: Passkey): Promise<void> {
    const question = {
      title: t('passkeys.removeOne', { name }),
      text: t('passkeys.remove.text'),
      action: t('passkeys.remove'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.guard(() => this.app.api.send('DELETE', `me/passkeys/${id}`));
      this.app.notify(t('passkeys.removed', { name }));
      this.changed();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
