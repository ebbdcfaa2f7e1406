import { html, nothing, type TemplateResult } from 'lit';
import type { Team } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import { icon } from '../../parts/icons.ts';
import { problemText } from '../../parts/problems.ts';
import { emptyState } from '../../parts/states.ts';
import type { Column } from '../../parts/table.ts';
import { t } from '../../text.ts';
import { type TeamNode, teamTree } from './team-tree.ts';

/** What the dialog is about: a team, or a new one with the team it goes below. */
export type EditedTeam = Team | { parentId: string | null };

/** The teams as a tree, with who is in them. */
export class ConsoleTeamsPage extends CollectionPage<Team> {
  static override properties = { edited: { state: true } };

  declare edited: EditedTeam | null;
  protected readonly path = 'teams';
  protected readonly emptyText = { title: t('teams.empty'), text: t('teams.empty.text') };
  protected readonly columns: readonly Column<Team>[] = [];

  constructor() {
    super();
    this.edited = null;
  }

  get heading(): string {
    return t('nav.teams');
  }

  get #mayManage(): boolean {
    return can(this.app.me, 'team.manage');
  }

  protected override intro() {
    return html`<p class="muted">${t('teams.text')}</p>`;
  }

  protected override actions() {
    return this.#mayManage
      ? html`<button type="button" class="button button-primary" @click=${() => this.#edit({ parentId: null })}>${icon('plus')}${t('teams.add')}</button>`
      : nothing;
  }

  protected override content(teams: readonly Team[]): TemplateResult {
    if (teams.length === 0) return emptyState(this.emptyText.title, this.emptyText.text, this.actions());
    return html`<section class="card" aria-label=${this.heading}>${this.#nodes(teamTree(teams))}</section>`;
  }

  #nodes(nodes: readonly TeamNode[]): TemplateResult {
    return html`<ul class="team-tree">${nodes.map((node) => this.#node(node))}</ul>`;
  }

  #node({ team, children, people }: TeamNode): TemplateResult {
    const own = t('teams.people', { count: team.members });
    return html`<li>
      <div class="team">
        <div class="team-text">
          <p class="team-name">${team.name}${team.region ? html` <span class="muted">${team.region}</span>` : nothing}</p>
          <salespulse-console-team-members .app=${this.app} .team=${team}
            .label=${people > team.members ? t('teams.peopleBelow', { own, all: people }) : own}></salespulse-console-team-members>
        </div>
        ${this.#mayManage ? this.#buttons(team) : nothing}
      </div>
      ${children.length > 0 ? this.#nodes(children) : nothing}
    </li>`;
  }

  #buttons(team: Team) {
    const { id, name } = team;
    return html`<div class="team-actions">
      <button type="button" class="icon-button" title=${t('teams.addBelow')} aria-label=${t('teams.addBelowOne', { name })} @click=${() => this.#edit({ parentId: id })}>${icon('plus')}</button>
      <button type="button" class="icon-button" title=${t('teams.edit')} aria-label=${t('teams.editOne', { name })} @click=${() => this.#edit(team)}>${icon('pencil')}</button>
      <button type="button" class="icon-button" title=${t('teams.delete')} aria-label=${t('teams.deleteOne', { name })} @click=${() => void this.#delete(team)}>${icon('trash')}</button>
    </div>`;
  }

  #edit(team: EditedTeam | null): void {
    this.edited = team;
  }

  protected override dialogs() {
    return html`<salespulse-console-team-dialog .app=${this.app} .edited=${this.edited} .teams=${this.items.data ?? []}
      .saved=${this.reload} .onClose=${() => this.#edit(null)}></salespulse-console-team-dialog>`;
  }

  async #delete({ id, name, version }: Team): Promise<void> {
    const question = {
      title: t('teams.deleteQuestion', { name }),
      text: t('teams.delete.text'),
      action: t('teams.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `teams/${id}`, undefined, { ifMatch: version });
      this.app.notify(t('teams.deleted', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.reload();
  }
}
