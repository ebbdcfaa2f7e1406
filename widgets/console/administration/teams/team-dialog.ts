import { html } from 'lit';
import type { Team } from '../../../../backend/contracts/users.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { bodyOf, changesBetween, type Field, type FormValues, withoutEmpty } from '../../parts/fields.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import { possibleParents } from './team-tree.ts';
import type { EditedTeam } from './teams-page.ts';

/** Adds a team, or changes name, region and place of one. */
export class ConsoleTeamDialog extends ConsoleElement {
  static override properties = {
    edited: { attribute: false },
    teams: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
  };

  declare edited: EditedTeam | null;
  declare teams: readonly Team[];
  declare saved: () => void;
  declare onClose: () => void;

  protected override render() {
    const { edited } = this;
    const team = edited && 'id' in edited ? edited : null;
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${edited !== null} .onClose=${this.onClose}
      .heading=${team ? t('teams.editOne', { name: team.name }) : t('teams.add')} .fields=${this.#fields(team)} .values=${edited ?? {}}
      .save=${(body: FormValues) => (team ? this.#update(team, body) : this.#create(body))}
      .submitLabel=${t(team ? 'form.save' : 'teams.add')}></salespulse-console-form-dialog>`;
  }

  #fields(team: Team | null): Field[] {
    const parents = possibleParents(this.teams, team).map(({ team: { id, name }, depth }) => ({
      value: id,
      label: `${'\u2003'.repeat(depth)}${name}`,
    }));
    return [
      { name: 'name', label: t('teams.name'), kind: 'text', required: true, maxLength: 120, isWide: true },
      { name: 'region', label: t('teams.region'), kind: 'text', maxLength: 120 },
      {
        name: 'parentId',
        label: t('teams.parent'),
        kind: 'select',
        options: parents,
        emptyLabel: t('teams.parent.none'),
        ...(team ? { help: t('teams.parent.help') } : {}),
      },
    ];
  }

  async #create(body: FormValues): Promise<void> {
    await this.app.api.send('POST', 'teams', withoutEmpty(body));
    this.saved();
    this.app.notify(t('teams.added', { name: String(body.name) }));
  }

  async #update(team: Team, body: FormValues): Promise<void> {
    const changes = changesBetween(bodyOf(this.#fields(team), { ...team }), body);
    if (Object.keys(changes).length === 0) return;
    await patchVersioned(this.app.api, `teams/${team.id}`, changes, team.version);
    this.saved();
    this.app.notify(t('teams.saved', { name: String(body.name) }));
  }
}
