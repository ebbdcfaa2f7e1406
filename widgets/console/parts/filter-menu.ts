import { html, nothing } from 'lit';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import type { Option } from './fields.ts';
import { icon } from './icons.ts';

/** From this many options on the menu has a search field. */
const searchFrom = 9;
let menus = 0;

/** Someone chose other values of a filter. */
export class FilterChangeEvent extends Event {
  static readonly type = 'salespulse-console-filter';
  readonly values: readonly string[];

  constructor(values: readonly string[]) {
    super(FilterChangeEvent.type);
    this.values = values;
  }
}

/** A button that opens a list of check boxes: "any of" these values. */
export class ConsoleFilterMenu extends ConsoleElement {
  static override properties = {
    label: { attribute: false },
    options: { attribute: false },
    values: { attribute: false },
    search: { state: true },
  };

  declare label: string;
  declare options: readonly Option[];
  declare values: readonly string[];
  declare search: string;
  readonly #id = `filter${++menus}`;

  constructor() {
    super();
    this.options = [];
    this.values = [];
    this.search = '';
  }

  protected override render() {
    const count = this.values.length;
    return html`<button type="button" class="filter-button ${count > 0 ? 'is-active' : ''}" popovertarget=${this.#id}>
        ${this.label}${count > 0 ? html` <span class="filter-count">${count}</span> <span class="visually-hidden">${t('filter.chosen')}</span>` : nothing}${icon('down')}
      </button>
      <div class="filter-popover" id=${this.#id} popover role="group" aria-label=${this.label} @toggle=${this.#toggled}>
        ${
          this.options.length >= searchFrom
            ? html`<input type="search" class="filter-search" aria-label=${t('filter.search')} placeholder=${t('filter.search')}
                .value=${this.search} @input=${(event: Event) => {
                  this.search = (event.target as HTMLInputElement).value;
                }} />`
            : nothing
        }
        <div class="filter-options">
          ${this.#visible.map(
            ({
              value,
              label,
            }) => html`<label class="check"><input type="checkbox" .checked=${this.values.includes(value)}
              @change=${() => this.#flip(value)} /><span>${label}</span></label>`,
          )}
          ${this.#visible.length === 0 ? html`<p class="filter-none">${t('filter.none')}</p>` : nothing}
        </div>
      </div>`;
  }

  get #visible(): readonly Option[] {
    const text = this.search.trim().toLowerCase();
    return text === '' ? this.options : this.options.filter(({ label }) => label.toLowerCase().includes(text));
  }

  #flip(value: string): void {
    const values = this.values.includes(value) ? this.values.filter((one) => one !== value) : [...this.values, value];
    this.dispatchEvent(new FilterChangeEvent(values));
  }

  /** Places the menu below its button, inside the window. */
  readonly #toggled = (event: ToggleEvent): void => {
    if (event.newState !== 'open') {
      this.search = '';
      return;
    }
    const menu = event.currentTarget as HTMLElement;
    const button = this.querySelector('button');
    if (!button) return;
    const { left, bottom } = button.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
    menu.querySelector('input')?.focus();
  };
}
