import { html, nothing, type PropertyValues } from 'lit';
import type { Role, Team, User } from '../../../backend/contracts/users.ts';
import { can } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { t } from '../text.ts';
import { loadChoices } from './choices.ts';
import { statusBadge } from './status.ts';
import { actionsFor, type UserAction } from './user-actions.ts';

/** A person: who they are here, how their account is protected, and what an administrator can do about it. */
export class ConsoleUserPage extends ConsolePage {
  static override properties = {
    roles: { state: true },
    teams: { state: true },
    isEditing: { state: true },
    busy: { state: true },
    problem: { state: true },
  };

  declare roles: readonly Role[];
  declare teams: readonly Team[];
  declare isEditing: boolean;
  /** The action under way. */
  declare busy: UserAction['key'] | null;
  declare problem: unknown;
  readonly #user = new Loader<User>(this);

  constructor() {
    super();
    this.roles = [];
    this.teams = [];
    this.isEditing = false;
    this.busy = null;
    this.problem = null;
  }

  get heading(): string {
    return this.#user.data?.name ?? t('nav.users');
  }

  get #mayManage(): boolean {
    return can(this.app.me, 'user.manage');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#user.load((signal) => this.app.api.get<User>(`users/${this.match.params.id}`, {}, { signal }));

  protected override render() {
    const { state } = this.#user;
    return html`<div class="page">
      <nav class="breadcrumb" aria-label=${t('nav.users')}><a href="/users">${t('nav.users')}</a></nav>
      <header class="page-header">
        <div><h1 tabindex="-1">${this.heading}</h1>${state.data ? html`<p class="muted">${statusBadge(state.data.status)} ${state.data.role.name}</p>` : nothing}</div>
        <div class="page-actions">${state.data ? this.#buttons(state.data) : nothing}</div>
      </header>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, this.#load) : this.#person(state.data)}
    </div>
    ${state.data ? this.#dialog(state.data) : nothing}`;
  }

  #buttons({ id }: User) {
    return html`${can(this.app.me, 'audit.read') ? html`<a class="button" href="/audit?entity=user&entityId=${id}">${icon('audit')}${t('users.audit')}</a>` : nothing}
      ${this.#mayManage ? html`<button type="button" class="button button-primary" @click=${() => void this.#edit()}>${icon('pencil')}${t('users.edit')}</button>` : nothing}`;
  }

  #person(user: User) {
    return html`${this.problem ? banner('error', problemText(this.problem)) : nothing}
      <section class="card" aria-labelledby="user-facts">
        <header class="card-header"><h2 id="user-facts">${t('users.facts')}</h2></header>
        ${this.#facts(user)}
      </section>
      ${
        this.#mayManage && user.status !== 'placeholder'
          ? html`<salespulse-console-user-protection .app=${this.app} .user=${user}></salespulse-console-user-protection>
              ${this.#actions(user)}`
          : nothing
      }`;
  }

  #facts({ email, role, team, lastSignInAt, createdAt, updatedAt }: User) {
    const { format, me } = this.app;
    const roleName = can(me, 'role.read') ? html`<a href="/roles/${role.id}">${role.name}</a>` : role.name;
    return html`<dl class="facts">
      <div><dt>${t('users.email')}</dt><dd>${email ?? t('value.none')}</dd></div>
      <div><dt>${t('users.role')}</dt><dd>${roleName}</dd></div>
      <div><dt>${t('users.team')}</dt><dd>${team?.name ?? t('users.noTeam')}</dd></div>
      <div><dt>${t('users.lastSignIn')}</dt><dd>${lastSignInAt ? format.moment(lastSignInAt) : t('users.never')}</dd></div>
      <div><dt>${t('users.createdAt')}</dt><dd>${format.moment(createdAt)}</dd></div>
      <div><dt>${t('users.updatedAt')}</dt><dd>${format.moment(updatedAt)}</dd></div>
    </dl>`;
  }

  #actions(user: User) {
    if (user.id === this.app.me.id)
      return html`<p class="muted">${t('users.self')} <a href="/account">${t('users.self.link')}</a></p>`;
    return html`<section class="card" aria-labelledby="user-actions">
      <header class="card-header"><h2 id="user-actions">${t('users.actions')}</h2></header>
      <ul class="lines action-lines">${actionsFor(user, this.app.me.id).map(
        (action) => html`<li>
          <div><p class="right-label">${t(`userAction.${action.key}`)}</p><p class="muted">${t(`userAction.${action.key}.text`)}</p></div>
          <button type="button" class="button ${action.isDanger ? 'button-danger-quiet' : ''}" ?disabled=${this.busy !== null}
            @click=${() => void this.#act(user, action)}>${t(this.busy === action.key ? 'userAction.busy' : `userAction.${action.key}.button`)}</button>
        </li>`,
      )}</ul>
    </section>`;
  }

  #dialog(user: User) {
    return html`<salespulse-console-user-dialog .app=${this.app} .user=${user} .roles=${this.roles} .teams=${this.teams} .isOpen=${this.isEditing}
      .saved=${(saved: User) => this.#user.put(saved)} .onClose=${() => {
        this.isEditing = false;
        this.#load();
      }}></salespulse-console-user-dialog>`;
  }

  async #edit(): Promise<void> {
    try {
      const { roles, teams } = await loadChoices(this.app);
      this.roles = roles;
      this.teams = teams;
      this.isEditing = true;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  async #act(user: User, { key, isDanger, status }: UserAction): Promise<void> {
    const { name } = user;
    const question = {
      title: t(`userAction.${key}.ask`, { name }),
      text: t(`userAction.${key}.text`),
      action: t(`userAction.${key}.button`),
      isDanger,
    };
    if (!(await this.app.confirm(question))) return;
    this.busy = key;
    this.problem = null;
    try {
      if (status) await patchVersioned(this.app.api, `users/${user.id}`, { status }, user.version);
      else await this.app.api.send('POST', `users/${user.id}/${key}`);
      this.app.notify(t(`userAction.${key}.done`, { name }));
    } catch (error) {
      this.problem = error;
    } finally {
      this.busy = null;
    }
    this.#load();
  }
}
