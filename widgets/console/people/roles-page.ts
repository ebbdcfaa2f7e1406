import { html, type PropertyValues } from 'lit';
import type { Scope } from '../../../backend/contracts/auth.ts';
import type { Page } from '../../../backend/contracts/common.ts';
import type { Role } from '../../../backend/contracts/users.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { type PermissionRow, permissionRows } from './permission-rows.ts';

/** What each role may do, and how far it reaches. */
export class ConsoleRolesPage extends ConsolePage {
  readonly #roles = new Loader<readonly Role[]>(this);

  get heading(): string {
    return t('nav.roles');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#roles.load(async (signal) => (await this.app.api.get<Page<Role>>('roles', {}, { signal })).items);

  protected override render() {
    const { state } = this.#roles;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <p class="muted">${t('roles.text')}</p>
      ${state.kind === 'loading' ? loadingState(10) : state.kind === 'error' ? errorState(state.error, this.#load) : this.#grid(state.data)}
    </div>`;
  }

  #grid(roles: readonly Role[]) {
    return html`<ul class="legend">${(['own', 'team', 'all'] as const).map((scope) => html`<li>${scopeMark(scope)} <span class="muted">${t(`roles.scope.${scope}.text`)}</span></li>`)}</ul>
      <div class="table-frame grid-frame" tabindex="0" role="region" aria-label=${t('nav.roles')}>
        <table class="grid">
          <thead><tr>
            <th scope="col">${t('roles.permission')}</th>
            ${roles.map(({ name, users }) => html`<th scope="col">${name}<span class="muted">${t('roles.people', { count: users })}</span></th>`)}
          </tr></thead>
          ${permissionRows(roles).map(
            ({ area, rows }) => html`<tbody>
            <tr><th class="grid-area" scope="rowgroup" colspan=${roles.length + 1}>${area}</th></tr>
            ${rows.map((row) => this.#row(row, roles))}
          </tbody>`,
          )}
          <tbody>
            <tr><th class="grid-area" scope="rowgroup" colspan=${roles.length + 1}>${t('roles.fields')}</th></tr>
            ${[...new Set(roles.flatMap(({ fieldGroups }) => fieldGroups))].map(
              (group) =>
                html`<tr><th scope="row">${t(`roles.fields.${group}`)}</th>${roles.map((role) => html`<td>${scopeMark(role.fieldGroups.includes(group) ? 'all' : 'none')}</td>`)}</tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #row({ permission, label }: PermissionRow, roles: readonly Role[]) {
    return html`<tr><th scope="row">${label}</th>${roles.map((role) => html`<td>${scopeMark(role.permissions[permission] ?? 'none')}</td>`)}</tr>`;
  }
}

function scopeMark(scope: Scope) {
  return scope === 'none'
    ? html`<span class="scope scope-none"><span aria-hidden="true">–</span><span class="visually-hidden">${t('roles.scope.none')}</span></span>`
    : html`<span class="scope scope-${scope}">${t(`roles.scope.${scope}`)}</span>`;
}
