import { html, nothing, type PropertyValues } from 'lit';
import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import { banner } from '../../parts/states.ts';
import { t } from '../../text.ts';
import { noRights, rightsDiff, withinReach } from '../rights/rights.ts';
import { RoleEditor } from './role-editor.ts';

interface Loaded {
  roles: readonly Role[];
  catalogue: PermissionCatalogue;
}

/** A role that is being made, from nothing or from a copy of another one (`?copy=` in the address). */
export class ConsoleRoleNewPage extends RoleEditor<Loaded> {
  protected readonly submitLabel = t('roles.create');
  protected readonly isReadOnly = false;
  #copied: string | null = null;

  get heading(): string {
    return t('roles.add');
  }

  protected override get nameBefore(): string {
    return this.#source ? t('roles.copyName', { name: this.#source.name }) : '';
  }

  get #source(): Role | null {
    const id = this.match.query.get('copy');
    return this.loader.data?.roles.find((role) => role.id === id) ?? null;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { data } = this.loader;
    const copy = this.match.query.get('copy') ?? '';
    if (!data || this.#copied === copy) return;
    this.#copied = copy;
    this.rights = this.#source ? withinReach(data.catalogue, this.#source) : noRights;
    this.original = this.rights;
  }

  protected override readonly load = (): void =>
    void this.loader.load(async (signal) => {
      const { api } = this.app;
      const [roles, catalogue] = await Promise.all([
        api.get<Page<Role>>('roles', {}, { signal }),
        api.get<PermissionCatalogue>('roles/catalogue', {}, { signal }),
      ]);
      return { roles: roles.items, catalogue };
    });

  protected override actions() {
    return nothing;
  }

  protected override head({ roles, catalogue }: Loaded) {
    const source = this.#source;
    const isLimited = source !== null && rightsDiff(catalogue, source, withinReach(catalogue, source)).length > 0;
    return html`<div class="form-grid role-head">
        ${this.nameField()}
        <div class="field"><label for="role-source">${t('roles.startFrom')}</label>
          <select id="role-source" @change=${(event: Event) => this.setQuery({ copy: (event.target as HTMLSelectElement).value })}>
            <option value="" .selected=${source === null}>${t('roles.startFrom.nothing')}</option>
            ${roles.map(({ id, name }) => html`<option value=${id} .selected=${id === source?.id}>${name}</option>`)}
          </select></div>
      </div>
      ${isLimited ? banner('info', t('roles.limited')) : nothing}`;
  }

  protected override async send(name: string): Promise<void> {
    const { permissions, fieldGroups } = this.rights;
    const role = await this.app.api.send<Role>('POST', 'roles', { name, permissions, fieldGroups });
    this.app.navigate(`/roles/${role.id}`, { replace: true });
    this.app.notify(t('roles.created', { name: role.name }));
  }
}
