import { html, nothing, type PropertyValues } from 'lit';
import type { Role, Team, User } from '../../../backend/contracts/users.ts';
import { can } from '../app.ts';
import { icon } from '../parts/icons.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import { problemText } from '../parts/problems.ts';
import type { Column } from '../parts/table.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { loadChoices } from './choices.ts';
import { protectionText } from './protection.ts';
import { statusBadge, userStatuses } from './status.ts';

/** The people of the installation; administrators invite them here and manage each on a page of their own. */
export class ConsoleUsersPage extends ListPage<User> {
  static override properties = { roles: { state: true }, teams: { state: true }, isInviting: { state: true } };

  declare roles: readonly Role[];
  declare teams: readonly Team[];
  declare isInviting: boolean;
  protected readonly path = 'users';
  protected readonly emptyText = { title: t('users.empty'), text: t('users.empty.text') };

  constructor() {
    super();
    this.roles = [];
    this.teams = [];
    this.isInviting = false;
  }

  get heading(): string {
    return t('nav.users');
  }

  get #mayManage(): boolean {
    return can(this.app.me, 'user.manage');
  }

  protected get columns(): readonly Column<User>[] {
    const { me, format } = this.app;
    const everybody: Column<User>[] = [
      {
        label: t('users.name'),
        isTitle: true,
        cell: ({ id, name }) =>
          html`<a href="/users/${id}">${name}</a>${id === me.id ? html` <span class="muted">${t('users.you')}</span>` : nothing}`,
      },
      { label: t('users.email'), cell: ({ email }) => email ?? t('value.none') },
      { label: t('users.role'), cell: ({ role }) => role.name },
      { label: t('users.team'), cell: ({ team }) => team?.name ?? t('value.none') },
      { label: t('users.status'), cell: ({ status }) => statusBadge(status) },
    ];
    if (!this.#mayManage) return everybody;
    return [
      ...everybody,
      { label: t('users.protection'), cell: (user) => protectionText(user) },
      { label: t('users.lastSignIn'), isShort: true, cell: ({ lastSignInAt }) => format.moment(lastSignInAt) },
    ];
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadChoices();
  }

  protected override get question(): ListQuestion {
    return {
      filters: [
        {
          name: 'role',
          label: t('users.role'),
          options: this.roles.map(({ key, name }) => ({ value: key, label: name })),
          isSingle: true,
          isFixed: !can(this.app.me, 'role.read'),
        },
        { name: 'team', label: t('users.team'), options: namedOptions(this.teams), isSingle: true },
        {
          name: 'status',
          label: t('users.status'),
          options: userStatuses.map((value) => ({ value, label: t(`users.status.${value}`) })),
          isSingle: true,
        },
      ],
    };
  }

  protected override actions() {
    if (!this.#mayManage) return nothing;
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.isInviting = true;
    }}>${icon('plus')}${t('users.add')}</button>`;
  }

  protected override dialogs() {
    return html`<salespulse-console-invite-dialog .app=${this.app} .isOpen=${this.isInviting} .roles=${this.roles} .teams=${this.teams}
      .saved=${() => void this.list.reload()} .onClose=${() => {
        this.isInviting = false;
      }}></salespulse-console-invite-dialog>`;
  }

  async #loadChoices(): Promise<void> {
    try {
      const { roles, teams } = await loadChoices(this.app);
      this.roles = roles;
      this.teams = teams;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
