import { html, nothing, type PropertyValues } from 'lit';
import type { IdentityProvider, IdentityProviderTest } from '../../../../backend/contracts/administration.ts';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { ConsolePage } from '../../parts/console-element.ts';
import { bodyOf, changesBetween, type FormValues } from '../../parts/fields.ts';
import { icon } from '../../parts/icons.ts';
import { Loader } from '../../parts/loader.ts';
import { problemText } from '../../parts/problems.ts';
import { banner, errorState, loadingState } from '../../parts/states.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import { newProvider, providerFields } from './provider-fields.ts';

interface Loaded {
  /** null: one that is being made */
  provider: IdentityProvider | null;
  roles: readonly Role[];
}

/** A company login: how it is reached, and what its people become here. */
export class ConsoleProviderPage extends ConsolePage {
  static override properties = { test: { state: true }, isTesting: { state: true } };

  declare test: IdentityProviderTest | null;
  declare isTesting: boolean;
  readonly #loaded = new Loader<Loaded>(this);

  constructor() {
    super();
    this.test = null;
    this.isTesting = false;
  }

  get heading(): string {
    return this.#loaded.data?.provider?.name ?? t('providers.new');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#loaded.load(async (signal) => {
      const { api, me } = this.app;
      const { id } = this.match.params;
      const [provider, roles] = await Promise.all([
        id ? api.get<IdentityProvider>(`identity-providers/${id}`, {}, { signal }) : null,
        can(me, 'role.read') ? api.get<Page<Role>>('roles', {}, { signal }) : { items: [] },
      ]);
      return { provider, roles: roles.items };
    });

  protected override render() {
    const { state } = this.#loaded;
    return html`<div class="page page-narrow">
      <nav class="breadcrumb" aria-label=${t('nav.signIn')}><a href="/settings/sign-in">${t('nav.signIn')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1><div class="page-actions">${state.data?.provider ? this.#buttons(state.data.provider) : nothing}</div></header>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, this.#load) : this.#form(state.data)}
    </div>`;
  }

  #buttons(provider: IdentityProvider) {
    return html`<button type="button" class="button" ?disabled=${this.isTesting} @click=${() => void this.#runTest(provider)}>${icon('health')}${t(this.isTesting ? 'providers.testing' : 'providers.test')}</button>
      <button type="button" class="button button-danger-quiet" @click=${() => void this.#delete(provider)}>${icon('trash')}${t('providers.delete')}</button>`;
  }

  #form({ provider, roles }: Loaded) {
    return html`${this.test ? banner(this.test.status === 'ok' ? 'success' : 'error', html`<p><strong>${t(`providers.test.${this.test.status}`)}</strong> ${this.test.detail}</p>`) : nothing}
      <section class="card">
        ${
          provider
            ? html`<salespulse-console-copyable .label=${t('providers.redirect')} .text=${provider.redirectUri}></salespulse-console-copyable>`
            : html`<p class="muted">${t('providers.redirect.later')}</p>`
        }
      </section>
      <section class="card">
        <salespulse-console-form .app=${this.app} .fields=${providerFields(this.app, provider, roles)} .values=${provider ?? newProvider}
          .save=${(body: FormValues) => (provider ? this.#update(provider, roles, body) : this.#create(body))}
          .cancel=${() => this.app.navigate('/settings/sign-in')} .submitLabel=${t(provider ? 'form.save' : 'providers.add')}></salespulse-console-form>
      </section>`;
  }

  async #create(body: FormValues): Promise<void> {
    const { id, name } = await this.app.api.send<IdentityProvider>('POST', 'identity-providers', body);
    this.app.navigate(`/settings/providers/${id}`, { replace: true });
    this.app.notify(t('providers.created', { name }));
  }

  /** An empty secret means "keep it". */
  async #update(provider: IdentityProvider, roles: readonly Role[], body: FormValues): Promise<void> {
    const changes = changesBetween(bodyOf(providerFields(this.app, provider, roles), { ...provider }), body);
    if (changes.clientSecret === null) delete changes.clientSecret;
    if (Object.keys(changes).length === 0) return;
    const path = `identity-providers/${provider.id}`;
    const saved = await patchVersioned<IdentityProvider>(this.app.api, path, changes, provider.version);
    this.#loaded.put({ provider: saved, roles });
    this.test = null;
    this.app.notify(t('providers.saved', { name: saved.name }));
  }

  async #runTest({ id }: IdentityProvider): Promise<void> {
    this.isTesting = true;
    this.test = null;
    try {
      this.test = await this.app.api.send<IdentityProviderTest>('POST', `identity-providers/${id}/test`);
    } catch (error) {
      this.test = { status: 'failed', detail: problemText(error) };
    } finally {
      this.isTesting = false;
    }
  }

  async #delete({ id, name, version }: IdentityProvider): Promise<void> {
    const question = {
      title: t('providers.deleteOne', { name }),
      text: t('providers.delete.text'),
      action: t('providers.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `identity-providers/${id}`, undefined, { ifMatch: version });
      this.app.navigate('/settings/sign-in');
      this.app.notify(t('providers.deleted', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
