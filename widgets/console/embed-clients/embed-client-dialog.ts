import { html, nothing, type PropertyValues } from 'lit';
import type { EmbedClient } from '../../../backend/contracts/embed.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { matchEmailField, nameField, originsField } from './client-fields.ts';

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
  };

  declare isOpen: boolean;
  declare created: () => void;
  declare onClose: () => void;
  declare keyKind: KeyKind;
  /** The client just made, with its secret. */
  declare client: Created | null;

  constructor() {
    super();
    this.isOpen = false;
    this.keyKind = 'hs256';
    this.client = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen')) return;
    // The secret doesn't outlive the dialog, not even in memory.
    this.client = null;
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
      nameField(),
      { name: 'kind', label: t('embed.kind'), kind: 'select', options: kinds },
      originsField(),
      ...keyFields[this.keyKind],
      matchEmailField(),
    ];
  }

  readonly #create = async (body: FormValues): Promise<void> => {
    const { name, kind, allowedOrigins, matchVerifiedEmail } = body;
    const request = { name, kind, allowedOrigins, matchVerifiedEmail, key: this.#keyOf(body) };
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
            <salespulse-console-copyable .label=${t('embed.secret')} .text=${secret}></salespulse-console-copyable>`
          : nothing
      }
      <div class="form-actions"><button type="button" class="button button-primary" @click=${this.onClose}>${t('embed.close')}</button></div>`;
  }
}

const initial: FormValues = { kind: 'intranet' };
