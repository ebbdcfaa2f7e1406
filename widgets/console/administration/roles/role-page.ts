import { html, nothing, type PropertyValues } from 'lit';
import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { icon } from '../../parts/icons.ts';
import { problemText } from '../../parts/problems.ts';
import { banner } from '../../parts/states.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import { rightsDiff } from '../rights/rights.ts';
import { RoleEditor } from './role-editor.ts';

interface Loaded {
  role: Role;
  catalogue: PermissionCatalogue;
}

/** A role with all its rights; custom ones are changed here. */
export class ConsoleRolePage extends RoleEditor<Loaded> {
  protected readonly submitLabel = t('roles.save');

  get heading(): string {
    return this.loader.data?.role.name ?? t('nav.roles');
  }

  protected override get nameBefore(): string {
    return this.loader.data?.role.name ?? '';
  }

  protected override get isReadOnly(): boolean {
    return (this.loader.data?.role.isBuiltIn ?? true) || !can(this.app.me, 'role.manage');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.load();
  }

  protected override readonly load = (): void =>
    void this.loader.load(async (signal) => {
      const { api } = this.app;
      const [role, catalogue] = await Promise.all([
        api.get<Role>(`roles/${this.match.params.id}`, {}, { signal }),
        api.get<PermissionCatalogue>('roles/catalogue', {}, { signal }),
      ]);
      this.rights = role;
      this.original = role;
      return { role, catalogue };
    });

  protected override actions() {
    const { data } = this.loader;
    if (!data || !can(this.app.me, 'role.manage')) return nothing;
    const { id, isBuiltIn } = data.role;
    return html`<a class="button" href="/roles/new?copy=${id}">${icon('copy')}${t('roles.copy')}</a>
      ${isBuiltIn ? nothing : html`<button type="button" class="button button-danger-quiet" @click=${() => void this.#delete(data.role)}>${icon('trash')}${t('roles.delete')}</button>`}`;
  }

  protected override head({ role }: Loaded) {
    const people = t('roles.peopleCount', { count: role.users });
    return html`<p class="role-facts">
        <span class="badge ${role.isBuiltIn ? 'badge-plain' : ''}">${t(role.isBuiltIn ? 'roles.builtIn' : 'roles.custom')}</span>
        ${role.users > 0 && can(this.app.me, 'user.read') ? html`<a href="/users?role=${encodeURIComponent(role.key)}">${people}</a>` : people}
      </p>
      ${role.isBuiltIn ? banner('info', t('roles.builtIn.text')) : nothing}
      ${!this.isReadOnly && role.id === this.app.me.role.id ? banner('info', t('roles.own.text')) : nothing}
      ${this.isReadOnly ? nothing : this.nameField()}`;
  }

  protected override async send(name: string): Promise<void> {
    const { data } = this.loader;
    if (!data) return;
    const { role, catalogue } = data;
    const { permissions, fieldGroups } = this.rights;
    const isOther = rightsDiff(catalogue, this.original, this.rights).length > 0;
    const body = { ...(name === role.name ? {} : { name }), ...(isOther ? { permissions, fieldGroups } : {}) };
    if (Object.keys(body).length === 0) return;
    const saved = await patchVersioned<Role>(this.app.api, `roles/${role.id}`, body, role.version);
    this.loader.put({ role: saved, catalogue });
    this.rights = saved;
    this.original = saved;
    this.app.notify(t('roles.saved', { name: saved.name }));
  }

  async #delete({ id, name, version }: Role): Promise<void> {
    const question = {
      title: t('roles.deleteOne', { name }),
      text: t('roles.delete.text'),
      action: t('roles.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `roles/${id}`, undefined, { ifMatch: version });
      this.app.navigate('/roles');
      this.app.notify(t('roles.deleted', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
