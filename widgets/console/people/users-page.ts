import { html, nothing, type PropertyValues } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { Role, Team, User } from '../../../backend/contracts/users.ts';
import { can } from '../app.ts';
import { icon } from '../parts/icons.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import { problemText } from '../parts/problems.ts';
import type { Column } from '../parts/table.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';

const statuses = ['active', 'invited', 'deactivated', 'placeholder'] as const;
const badges: Record<User['status'], string> = {
  active: 'won',
  invited: 'open',
  deactivated: 'lost',
  placeholder: 'open',
};

/** The people of the installation; administrators add and change them here. */
export class ConsoleUsersPage extends ListPage<User> {
  static override properties = { roles: { state: true }, teams: { state: true }, edited: { state: true } };

  declare roles: readonly Role[];
  declare teams: readonly Team[];
  /** Whom the dialog is about; `new` for nobody yet. */
  declare edited: User | 'new' | null;
  protected readonly path = 'users';
  protected readonly emptyText = { title: t('users.empty'), text: t('users.empty.text') };
  protected readonly columns: readonly Column<User>[] = [
    {
      label: t('users.name'),
      isTitle: true,
      cell: (user) =>
        html`${user.name}${user.id === this.app.me.id ? html` <span class="muted">${t('users.you')}</span>` : nothing}`,
    },
    { label: t('users.email'), cell: ({ email }) => email ?? t('value.none') },
    { label: t('users.role'), cell: ({ role }) => role.name },
    { label: t('users.team'), cell: ({ team }) => team?.name ?? t('value.none') },
    {
      label: t('users.status'),
      cell: ({ status }) => html`<span class="badge badge-${badges[status]}">${t(`users.status.${status}`)}</span>`,
    },
    { label: t('users.lastSignIn'), isShort: true, cell: ({ lastSignInAt }) => this.app.format.moment(lastSignInAt) },
    {
      label: t('users.edit'),
      isLabelHidden: true,
      cell: (user) =>
        html`<button type="button" class="button" aria-label=${t('users.editOne', { name: user.name })} @click=${() => {
          this.edited = user;
        }}>${icon('pencil')}${t('users.edit')}</button>`,
    },
  ];

  constructor() {
    super();
    this.roles = [];
    this.teams = [];
    this.edited = null;
  }

  get heading(): string {
    return t('nav.users');
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
        },
        { name: 'team', label: t('users.team'), options: namedOptions(this.teams), isSingle: true },
        {
          name: 'status',
          label: t('users.status'),
          options: statuses.map((value) => ({ value, label: t(`users.status.${value}`) })),
          isSingle: true,
        },
      ],
    };
  }

  protected override actions() {
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.edited = 'new';
    }}>${icon('plus')}${t('users.add')}</button>`;
  }

  protected override dialogs() {
    return html`<salespulse-console-user-dialog .app=${this.app} .user=${this.edited} .roles=${this.roles} .teams=${this.teams}
      .saved=${() => void this.list.reload()} .onClose=${() => {
        this.edited = null;
      }}></salespulse-console-user-dialog>`;
  }

  async #loadChoices(): Promise<void> {
    const { api, me } = this.app;
    try {
      const [roles, teams] = await Promise.all([
        can(me, 'role.read') ? api.get<Page<Role>>('roles') : { items: [] },
        can(me, 'user.read') ? api.get<Page<Team>>('teams') : { items: [] },
      ]);
      this.roles = roles.items;
      this.teams = teams.items;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
