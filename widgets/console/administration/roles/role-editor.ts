import { html, nothing, type TemplateResult } from 'lit';
import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import { ApiError } from '../../../base/api.ts';
import { ConsolePage } from '../../parts/console-element.ts';
import { Loader } from '../../parts/loader.ts';
import { fieldProblems, problemText } from '../../parts/problems.ts';
import { banner, errorState, loadingState } from '../../parts/states.ts';
import { t } from '../../text.ts';
import { changesView } from '../rights/changes-view.ts';
import { rightProblems } from '../rights/right-problems.ts';
import { noRights, type Rights, rightsDiff } from '../rights/rights.ts';

/** A role being made or changed: its name, the grid of rights, and what would change. */
export abstract class RoleEditor<Loaded extends { catalogue: PermissionCatalogue }> extends ConsolePage {
  static override properties = {
    rights: { state: true },
    original: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };

  /** As the grid shows them now. */
  declare rights: Rights;
  /** As they were: what the differences are counted from. */
  declare original: Rights;
  declare problem: unknown;
  declare isBusy: boolean;
  protected readonly loader: Loader<Loaded> = new Loader<Loaded>(this);

  constructor() {
    super();
    this.rights = noRights;
    this.original = noRights;
    this.problem = null;
    this.isBusy = false;
  }

  protected abstract readonly load: () => void;
  /** Name field, notes and the like, above the grid. */
  protected abstract head(loaded: Loaded): unknown;
  /** Buttons beside the heading. */
  protected abstract actions(): unknown;
  protected abstract readonly submitLabel: string;
  /** Sends the role. @throws what `problem` then shows */
  protected abstract send(name: string): Promise<void>;
  /** Shown, but not to be changed. */
  protected abstract readonly isReadOnly: boolean;
  /** What the name input starts with. */
  protected abstract readonly nameBefore: string;

  protected override render(): TemplateResult {
    const { state } = this.loader;
    return html`<div class="page">
      <nav class="breadcrumb" aria-label=${t('roles.back')}><a href="/roles">${t('roles.back')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1><div class="page-actions">${this.actions()}</div></header>
      ${state.kind === 'loading' ? loadingState(10) : state.kind === 'error' ? errorState(state.error, this.load) : this.#editor(state.data)}
    </div>`;
  }

  #editor(loaded: Loaded) {
    const { catalogue } = loaded;
    return html`<form class="form role-form" novalidate @submit=${this.#submit}>
      ${this.head(loaded)}
      <salespulse-console-rights-grid .app=${this.app} .catalogue=${catalogue} .rights=${this.rights} .original=${this.isReadOnly ? null : this.original}
        .isReadOnly=${this.isReadOnly} .problems=${rightProblems(catalogue, this.problem)} .changed=${(
          rights: Rights,
        ) => {
          this.rights = rights;
        }}></salespulse-console-rights-grid>
      ${this.isReadOnly ? nothing : this.#saveBar(catalogue)}
    </form>`;
  }

  #saveBar(catalogue: PermissionCatalogue) {
    const changes = rightsDiff(catalogue, this.original, this.rights);
    return html`<div class="save-bar">
      ${this.problem ? banner('error', this.#sentence(catalogue)) : nothing}
      ${changesView(changes)}
      <div class="form-actions">
        ${
          changes.length > 0
            ? html`<button type="button" class="button" @click=${() => {
                this.rights = this.original;
              }}>${t('roles.undo')}</button>`
            : nothing
        }
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy}>${this.isBusy ? t('form.saving') : this.submitLabel}</button>
      </div>
    </div>`;
  }

  #sentence(catalogue: PermissionCatalogue): string {
    return rightProblems(catalogue, this.problem).size > 0 ? t('rights.refused') : problemText(this.problem);
  }

  protected nameField() {
    const problem = fieldProblems(this.problem, ['name']).byField.get('name');
    return html`<div class="field role-name"><label for="role-name">${t('roles.name')}</label>
      <input id="role-name" name="name" maxlength="60" autocomplete="off" .value=${this.nameBefore}
        aria-invalid=${problem ? 'true' : nothing} aria-describedby=${problem ? 'role-name-problem' : nothing} />
      ${problem ? html`<p class="field-problem" id="role-name-problem">${problem}</p>` : nothing}</div>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim();
    this.problem = null;
    this.isBusy = true;
    try {
      if (name === '') throw nameMissing();
      await this.send(name);
    } catch (error) {
      this.problem = error;
    } finally {
      this.isBusy = false;
    }
    await this.updateComplete;
    this.querySelector('.right.is-wrong, [aria-invalid="true"]')?.scrollIntoView({ block: 'center' });
  };
}

function nameMissing(): ApiError {
  const errors = [{ pointer: '/name', message: t('form.missing') }];
  return new ApiError({ status: 0, code: 'form', detail: t('roles.nameMissing'), errors });
}
