import { html, nothing } from 'lit';
import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import type { Scope } from '../../../../backend/contracts/auth.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { t } from '../../text.ts';
import { isGrantable, type Rights, scopeIn, withFields, withScope } from './rights.ts';

const columns: readonly Scope[] = ['none', 'own', 'team', 'all'];
let grids = 0;

type Entry = PermissionCatalogue['groups'][number]['permissions'][number];

/**
 * Every right with how far it reaches, as rows of radio buttons (arrow keys choose within a row), and the guarded
 * groups of fields as check boxes. What the person may not give is there to be read, with the reason.
 */
export class ConsoleRightsGrid extends ConsoleElement {
  static override properties = {
    catalogue: { attribute: false },
    rights: { attribute: false },
    original: { attribute: false },
    isReadOnly: { attribute: false },
    problems: { attribute: false },
    changed: { attribute: false },
  };

  declare catalogue: PermissionCatalogue;
  declare rights: Rights;
  /** What the rights were: rows that differ are marked; null marks nothing. */
  declare original: Rights | null;
  declare isReadOnly: boolean;
  /** What is wrong with single rights, by permission. */
  declare problems: ReadonlyMap<string, string>;
  declare changed: (rights: Rights) => void;
  readonly #id = `rights${++grids}`;

  constructor() {
    super();
    this.original = null;
    this.isReadOnly = false;
    this.problems = new Map();
  }

  protected override render() {
    return html`<ul class="legend" aria-label=${t('rights.legend')}>
        ${columns.slice(1).map((scope) => html`<li><strong>${t(`rights.scope.${scope}`)}</strong> <span class="muted">${t(`rights.scope.${scope}.text`)}</span></li>`)}
      </ul>
      <div class="card rights">
        <div class="rights-head" aria-hidden="true"><span></span>${columns.map((scope) => html`<span>${t(`rights.scope.${scope}`)}</span>`)}</div>
        ${this.catalogue.groups.map(
          ({ key, label, permissions }) => html`<section class="rights-group" aria-labelledby="${this.#id}-${key}">
            <h2 id="${this.#id}-${key}">${label}</h2>
            ${permissions.map((entry) => this.#row(entry, `${this.#id}-${key}`))}
          </section>`,
        )}
      </div>
      ${this.#fields()}`;
  }

  #row(entry: Entry, heading: string) {
    const id = `${this.#id}-${entry.name}`;
    const scope = scopeIn(this.rights, entry.name);
    const was = this.original && scopeIn(this.original, entry.name);
    const isChanged = was !== null && was !== scope;
    const problem = this.problems.get(entry.name);
    const isLimited = !this.isReadOnly && entry.scopes.some((one) => !isGrantable(entry, one));
    return html`<div class="right ${isChanged ? 'is-changed' : ''} ${problem ? 'is-wrong' : ''}" role="radiogroup" aria-labelledby="${heading} ${id}-label" aria-describedby="${id}-text">
      <div class="right-text">
        <p id="${id}-label" class="right-label">${entry.label}</p>
        <p id="${id}-text" class="muted">${entry.description}
          ${isLimited ? html`<span class="right-limit">${t(`rights.beyond.${entry.grantable}`)}</span>` : nothing}
          ${isChanged ? html`<span class="right-was">${t('rights.changed', { from: t(`rights.scope.${was}`) })}</span>` : nothing}
          ${problem ? html`<span class="right-problem">${t('rights.problem', { problem })}</span>` : nothing}</p>
      </div>
      ${columns.map((column) =>
        column === 'none' || entry.scopes.includes(column)
          ? html`<label class="right-scope"><input type="radio" name=${id} value=${column} .checked=${column === scope}
              ?disabled=${this.isReadOnly ? column !== scope : column !== scope && !isGrantable(entry, column)}
              @change=${() => this.changed(withScope(this.rights, entry.name, column))} /><span>${t(`rights.scope.${column}`)}</span></label>`
          : html`<span class="right-scope is-not-offered"></span>`,
      )}
    </div>`;
  }

  #fields() {
    const { fieldGroups } = this.catalogue;
    if (fieldGroups.length === 0) return nothing;
    return html`<section class="card rights" aria-labelledby="${this.#id}-fields">
      <header><h2 id="${this.#id}-fields">${t('rights.fields')}</h2><p class="muted">${t('rights.fields.text')}</p></header>
      ${fieldGroups.map(({ key, label, description, isGrantable: mayGive }) => {
        const id = `${this.#id}-fields-${key}`;
        const isSeen = this.rights.fieldGroups.includes(key);
        const isChanged = this.original !== null && this.original.fieldGroups.includes(key) !== isSeen;
        return html`<div class="right-fields ${isChanged ? 'is-changed' : ''}">
          <label class="check"><input type="checkbox" .checked=${isSeen} aria-describedby=${id} ?disabled=${this.isReadOnly || (!mayGive && !isSeen)}
            @change=${(event: Event) => this.changed(withFields(this.rights, key, (event.target as HTMLInputElement).checked))} /><span class="right-label">${label}</span></label>
          <p id=${id} class="muted">${description} ${mayGive || this.isReadOnly ? nothing : html`<span class="right-limit">${t('rights.beyond.fields')}</span>`}</p>
        </div>`;
      })}
    </section>`;
  }
}
