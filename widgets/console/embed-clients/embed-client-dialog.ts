import { html, nothing, type PropertyValues } from 'lit';
import type { EmbedClient } from '../../../backend/contracts/embed.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';

type Created = EmbedClient & { secret?: string };

const keyKinds = ['hs256', 'public-key', 'jwks'] as const;
type KeyKind = (typeof keyKinds)[number];

/** Registers a host. A shared secret is shown once, right after. */
export class ConsoleEmbedClientDialog extends ConsoleElement {
  static override properties = {
    isOpen: { attribute: false },
    created: { attribute: false },
    onClose: { attribute: false },
    keyKind: { state: true },
    client: { state: true },
    isCopied: { state: true },
  };

  declare isOpen: boolean;
  declare created: () => void;
  declare onClose: () => void;
  declare keyKind: KeyKind;
  /** The client just made, with its secret. */
  declare client: Created | null;
  declare isCopied: boolean;

  constructor() {
    super();
    this.isOpen = false;
    this.keyKind = 'hs256';
    this.client = null;
    this.isCopied = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen')) return;
    // The secret doesn't outlive the dialog, not even in memory.
    this.client = null;
    this.isCopied = false;
  }

  protected override render() {
    const heading = this.client ? t('embed.created', { name: this.client.name }) : t('embed.add');
    return html`<salespulse-console-dialog .heading=${heading} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .content=${this.isOpen ? (this.client ? this.#secret(this.client) : this.#form()) : nothing}></salespulse-console-dialog>`;
  }

  #form() {
    return html`<div class="field"><label for="embed-key">${t('embed.key')}</label>
        <select id="embed-key" @change=${(event: Event) => {
          this.keyKind = (event.target as HTMLSelectElement).value as KeyKind;
        }}>${keyKinds.map((kind) => html`<option value=${kind} .selected=${kind === this.keyKind}>${t(`embed.key.${kind}`)}</option>`)}</select>
        <p class="field-help">${t(`embed.key.${this.keyKind}.help`)}</p></div>
      <salespulse-console-form .app=${this.app} .fields=${this.#fields()} .values=${initial} .save=${this.#create} .cancel=${this.onClose} .submitLabel=${t('embed.add')}></salespulse-console-form>`;
  }

  #fields(): Field[] {
    const kinds = (['intranet', 'salesforce', 'hubspot'] as const).map((value) => ({
      value,
      label: t(`embed.kind.${value}`),
    }));
    const keyFields: Record<KeyKind, Field[]> = {
      hs256: [],
      'public-key': [{ name: 'key.pem', label: t('embed.pem'), kind: 'textarea', required: true, isWide: true }],
      jwks: [{ name: 'key.url', label: t('embed.jwksUrl'), kind: 'text', required: true, isWide: true }],
    };
    return [
      { name: 'name', label: t('embed.name'), kind: 'text', required: true, maxLength: 100 },
      { name: 'kind', label: t('embed.kind'), kind: 'select', options: kinds },
      {
        name: 'allowedOrigins',
        label: t('embed.origins'),
        kind: 'textarea',
        required: true,
        help: t('embed.origins.help'),
        isWide: true,
      },
      ...keyFields[this.keyKind],
      {
        name: 'matchVerifiedEmail',
        label: t('embed.matchEmail'),
        kind: 'checkbox',
        help: t('embed.matchEmail.help'),
        isWide: true,
      },
    ];
  }

  readonly #create = async (body: FormValues): Promise<void> => {
    const { name, kind, allowedOrigins, matchVerifiedEmail } = body;
    const origins = String(allowedOrigins)
      .split(/[\s,]+/)
      .filter(Boolean);
    const request = { name, kind, allowedOrigins: origins, matchVerifiedEmail, key: this.#keyOf(body) };
    this.client = await this.app.api.send<Created>('POST', 'embed/clients', request);
    this.created();
  };

  #keyOf(body: FormValues) {
    switch (this.keyKind) {
      case 'hs256':
        return { kind: 'hs256' };
      case 'public-key':
        return { kind: 'public-key', pem: body['key.pem'] };
      case 'jwks':
        return { kind: 'jwks', url: body['key.url'] };
    }
  }

  #secret({ id, secret }: Created) {
    return html`<dl class="facts"><div><dt>${t('embed.id')}</dt><dd><code>${id}</code></dd></div></dl>
      ${
        secret
          ? html`${banner('warning', t('embed.secretOnce'))}
            <div class="field"><label for="embed-secret">${t('embed.secret')}</label>
              <div class="affix"><input id="embed-secret" class="mono" readonly .value=${secret} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              <button type="button" class="button" @click=${() => void this.#copy(secret)}>${t(this.isCopied ? 'embed.copied' : 'embed.copy')}</button></div></div>`
          : nothing
      }
      <div class="form-actions"><button type="button" class="button button-primary" @click=${this.onClose}>${t('embed.close')}</button></div>`;
  }

  async #copy(secret: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret);
      this.isCopied = true;
    } catch {
      // No access to the clipboard (plain http, or refused): the text is selected, so that it can be copied by hand.
      this.querySelector<HTMLInputElement>('#embed-secret')?.select();
    }
  }
}

const initial: FormValues = { kind: 'intranet' };
