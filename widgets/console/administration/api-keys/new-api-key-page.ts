import { html, type PropertyValues } from 'lit';
import type { ApiKey, PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import { ApiError } from '../../../base/api.ts';
import { ConsolePage } from '../../parts/console-element.ts';
import type { Field, FormValues } from '../../parts/fields.ts';
import { Loader } from '../../parts/loader.ts';
import { banner, errorState, loadingState } from '../../parts/states.ts';
import { t } from '../../text.ts';
import { rightProblems } from '../rights/right-problems.ts';
import { countGranted, grantableRights, noRights, type Rights } from '../rights/rights.ts';

interface Created {
  apiKey: ApiKey;
  key: string;
}

/** Without what no key can hold. */
const forKeys = (catalogue: PermissionCatalogue): PermissionCatalogue => ({
  ...catalogue,
  groups: catalogue.groups
    .map((group) => ({ ...group, permissions: group.permissions.filter(({ isInPerson }) => !isInPerson) }))
    .filter(({ permissions }) => permissions.length > 0),
});

/** A key being made: its name, how long it works, what it may do. The key itself is shown once, right after. */
export class ConsoleApiKeyNewPage extends ConsolePage {
  static override properties = { rights: { state: true }, problem: { state: true }, created: { state: true } };

  declare rights: Rights;
  /** Why the server refused the last try. */
  declare problem: unknown;
  declare created: Created | null;
  readonly #catalogue = new Loader<PermissionCatalogue>(this);

  constructor() {
    super();
    this.rights = noRights;
    this.problem = null;
    this.created = null;
  }

  get heading(): string {
    return this.created ? t('apiKeys.created', { name: this.created.apiKey.name }) : t('apiKeys.new');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  /** The key doesn't outlive the page, not even in memory. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.created = null;
  }

  readonly #load = (): void =>
    void this.#catalogue.load(async (signal) =>
      forKeys(await this.app.api.get<PermissionCatalogue>('roles/catalogue', {}, { signal })),
    );

  protected override render() {
    const { state } = this.#catalogue;
    return html`<div class="page">
      <nav class="breadcrumb" aria-label=${t('nav.apiKeys')}><a href="/api-keys">${t('nav.apiKeys')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      ${
        this.created
          ? this.#key(this.created)
          : state.kind === 'loading'
            ? loadingState(10)
            : state.kind === 'error'
              ? errorState(state.error, this.#load)
              : this.#form(state.data)
      }
    </div>`;
  }

  #form(catalogue: PermissionCatalogue) {
    return html`<salespulse-console-form class="role-form" .app=${this.app} .fields=${this.#fields(catalogue)} .values=${{ rights: this.rights }}
      .save=${this.#create} .cancel=${() => this.app.navigate('/api-keys')} .submitLabel=${t('apiKeys.add')}></salespulse-console-form>`;
  }

  #fields(catalogue: PermissionCatalogue): Field[] {
    return [
      {
        name: 'name',
        label: t('apiKeys.name'),
        kind: 'text',
        required: true,
        maxLength: 60,
        help: t('apiKeys.name.help'),
      },
      {
        name: 'expiresOn',
        label: t('apiKeys.expiresOn'),
        kind: 'date',
        required: true,
        help: t('apiKeys.expiresOn.help'),
      },
      {
        name: 'rights',
        label: t('apiKeys.rights'),
        kind: 'control',
        isWide: true,
        control: () => this.#grid(catalogue),
      },
    ];
  }

  #grid(catalogue: PermissionCatalogue) {
    const presets = {
      nothing: noRights,
      read: grantableRights(catalogue, { isReadOnly: true }),
      everything: grantableRights(catalogue),
    };
    return html`<input type="hidden" name="rights" .value=${JSON.stringify(this.rights)} />
      <div class="toolbar" role="group" aria-label=${t('apiKeys.preset')}>
        <span class="muted">${t('apiKeys.preset')}</span>
        ${Object.entries(presets).map(
          ([name, rights]) =>
            html`<button type="button" class="button" @click=${() => {
              this.rights = rights;
            }}>${t(`apiKeys.preset.${name}`)}</button>`,
        )}
        <span role="status">${t('rights.count', { count: countGranted(this.rights) })}</span>
      </div>
      <salespulse-console-rights-grid .app=${this.app} .catalogue=${catalogue} .rights=${this.rights}
        .problems=${rightProblems(catalogue, this.problem)} .changed=${(rights: Rights) => {
          this.rights = rights;
        }}></salespulse-console-rights-grid>`;
  }

  readonly #create = async (body: FormValues): Promise<void> => {
    const { permissions, fieldGroups } = this.rights;
    if (countGranted(this.rights) === 0) {
      const errors = [{ pointer: '/rights', message: t('apiKeys.noRights') }];
      throw new ApiError({ status: 0, code: 'form', detail: t('apiKeys.noRights'), errors });
    }
    const request = { name: body.name, expiresOn: body.expiresOn, permissions, fieldGroups };
    this.problem = null;
    try {
      this.created = await this.app.api.send<Created>('POST', 'api-keys', request);
    } catch (error) {
      this.problem = error;
      const isAboutRights = rightProblems(this.#catalogue.data, error).size > 0;
      throw isAboutRights ? new ApiError({ status: 422, code: 'invalid', detail: t('rights.refused') }) : error;
    }
    await this.updateComplete;
    this.querySelector('h1')?.focus();
  };

  #key({ key }: Created) {
    return html`<section class="card">
      ${banner('warning', t('apiKeys.once'))}
      <salespulse-console-copyable .label=${t('apiKeys.key')} .text=${key}></salespulse-console-copyable>
      <p>${t('apiKeys.usage')}</p>
      <pre><code>Authorization: Bearer ${key.slice(0, 8)}…</code></pre>
      <div class="form-actions"><a class="button button-primary" href="/api-keys">${t('apiKeys.done')}</a></div>
    </section>`;
  }
}
