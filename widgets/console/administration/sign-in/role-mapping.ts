import { html, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Role } from '../../../../backend/contracts/users.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { icon } from '../../parts/icons.ts';
import { t } from '../../text.ts';

interface Row {
  value: string;
  roleId: string;
}

/** Rows of "this value of the claim gives this role"; a hidden input carries them as JSON, half-filled rows left out. */
export class ConsoleRoleMapping extends ConsoleElement {
  static override properties = {
    name: { attribute: false },
    initial: { attribute: false },
    roles: { attribute: false },
    rows: { state: true },
  };

  declare name: string;
  declare initial: readonly Row[];
  declare roles: readonly Role[];
  /** With a number of its own each, so that a removed row takes its inputs along. */
  declare rows: readonly (Row & { number: number })[];
  #next = 0;

  constructor() {
    super();
    this.initial = [];
    this.roles = [];
    this.rows = [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('initial')) this.rows = this.initial.map((row) => ({ ...row, number: ++this.#next }));
  }

  protected override render() {
    const filled = this.rows.map(({ value, roleId }) => ({ value: value.trim(), roleId })).filter(isFilled);
    return html`<input type="hidden" name=${this.name} .value=${JSON.stringify(filled)} />
      <ul class="mapping">${repeat(
        this.rows,
        ({ number }) => number,
        (row, index) => this.#row(row, index + 1),
      )}</ul>
      <button type="button" class="button" @click=${this.#add}>${icon('plus')}${t('providers.mapping.add')}</button>`;
  }

  #row({ number, value, roleId }: Row & { number: number }, row: number) {
    return html`<li>
      <input type="text" maxlength="200" autocomplete="off" .value=${value} aria-label=${t('providers.mapping.value', { row })} placeholder=${t('providers.mapping.valueHint')}
        @input=${(event: Event) => this.#set(number, { value: (event.target as HTMLInputElement).value })} />
      <span aria-hidden="true">→</span>
      <select aria-label=${t('providers.mapping.role', { row })} @change=${(event: Event) => this.#set(number, { roleId: (event.target as HTMLSelectElement).value })}>
        ${this.roles.map((role) => html`<option value=${role.id} .selected=${role.id === roleId}>${role.name}</option>`)}
      </select>
      <button type="button" class="icon-button" aria-label=${t('providers.mapping.remove', { row })} @click=${() => this.#remove(number)}>${icon('trash')}</button>
    </li>`;
  }

  #set(number: number, change: Partial<Row>): void {
    this.rows = this.rows.map((row) => (row.number === number ? { ...row, ...change } : row));
  }

  readonly #add = async (): Promise<void> => {
    const first = this.roles.find(({ key }) => key === 'viewer') ?? this.roles[0];
    this.rows = [...this.rows, { value: '', roleId: first?.id ?? '', number: ++this.#next }];
    await this.updateComplete;
    this.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  };

  #remove(number: number): void {
    this.rows = this.rows.filter((row) => row.number !== number);
    this.querySelector<HTMLButtonElement>(':scope > button')?.focus();
  }
}

const isFilled = ({ value, roleId }: Row) => value !== '' && roleId !== '';
