import { html, nothing, type PropertyValues } from 'lit';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { Team, User } from '../../../../backend/contracts/users.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { Loader } from '../../parts/loader.ts';
import { errorState, loadingState } from '../../parts/states.ts';
import { statusBadge } from '../../people/status.ts';
import { t } from '../../text.ts';

/** Who is in a team; asked when somebody wants to know. */
export class ConsoleTeamMembers extends ConsoleElement {
  static override properties = { team: { attribute: false }, label: { attribute: false }, isOpen: { state: true } };

  declare team: Team;
  declare label: string;
  declare isOpen: boolean;
  readonly #people = new Loader<readonly User[]>(this);

  constructor() {
    super();
    this.isOpen = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.isOpen && (changed.has('isOpen') || changed.has('team'))) this.#load();
  }

  readonly #load = (): void =>
    void this.#people.load(async (signal) => {
      const query = { team: this.team.id, limit: 200 };
      const page = await this.app.api.get<Page<User>>('users', query, { signal });
      return page.items.filter(({ team }) => team?.id === this.team.id);
    });

  protected override render() {
    return html`<details @toggle=${(event: Event) => {
      this.isOpen = (event.target as HTMLDetailsElement).open;
    }}>
      <summary class="muted" aria-label="${t('teams.members', { name: this.team.name })}: ${this.label}">${this.label}</summary>
      ${this.isOpen ? this.#list() : nothing}
    </details>`;
  }

  #list() {
    const { state } = this.#people;
    if (state.kind === 'loading') return loadingState(2);
    if (state.kind === 'error') return errorState(state.error, this.#load);
    if (state.data.length === 0) return html`<p class="muted">${t('teams.nobody')} ${t('teams.addPeople')}</p>`;
    return html`<ul class="team-members">
      ${state.data.map(
        ({ id, name, role, status }) =>
          html`<li><a href="/users/${id}">${name}</a> <span class="muted">${role.name}</span> ${status === 'active' ? nothing : statusBadge(status)}</li>`,
      )}
    </ul>`;
  }
}
