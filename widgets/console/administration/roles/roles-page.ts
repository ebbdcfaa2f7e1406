import { html, nothing } from 'lit';
import type { Role } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import { icon } from '../../parts/icons.ts';
import type { Column } from '../../parts/table.ts';
import { t } from '../../text.ts';
import { countGranted } from '../rights/rights.ts';

/** The roles of the installation. */
export class ConsoleRolesPage extends CollectionPage<Role> {
  protected readonly path = 'roles';
  protected readonly emptyText = { title: t('roles.empty'), text: t('roles.empty.text') };
  protected readonly columns: readonly Column<Role>[] = [
    { label: t('roles.name'), isTitle: true, cell: ({ id, name }) => html`<a href="/roles/${id}">${name}</a>` },
    {
      label: t('roles.kind'),
      cell: ({ isBuiltIn }) =>
        html`<span class="badge ${isBuiltIn ? 'badge-plain' : ''}">${t(isBuiltIn ? 'roles.builtIn' : 'roles.custom')}</span>`,
    },
    {
      label: t('roles.people'),
      cell: ({ key, users }) =>
        users > 0 && can(this.app.me, 'user.read')
          ? html`<a href="/users?role=${encodeURIComponent(key)}">${t('roles.peopleCount', { count: users })}</a>`
          : t('roles.peopleCount', { count: users }),
    },
    { label: t('roles.rights'), cell: (role) => t('rights.count', { count: countGranted(role) }) },
    {
      label: t('roles.copy'),
      isLabelHidden: true,
      cell: ({ id, name }) =>
        can(this.app.me, 'role.manage')
          ? html`<a class="button" href="/roles/new?copy=${id}" aria-label=${t('roles.copyOne', { name })}>${icon('copy')}${t('roles.copy')}</a>`
          : nothing,
    },
  ];

  get heading(): string {
    return t('nav.roles');
  }

  protected override intro() {
    return html`<p class="muted">${t('roles.text')}</p>`;
  }

  protected override actions() {
    return can(this.app.me, 'role.manage')
      ? html`<a class="button button-primary" href="/roles/new">${icon('plus')}${t('roles.add')}</a>`
      : nothing;
  }
}
