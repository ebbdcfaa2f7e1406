import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { FilterOptions } from '../../../backend/contracts/analytics.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { filterNames } from '../../base/filters.ts';
import { parseRange, rangePresets } from '../../base/range.ts';
import { errorText } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartFilter, ChartFilters } from '../chart/chart-types.ts';
import { ChipFocus } from './chip-focus.ts';
import { filtersMessages } from './filters.messages.ts';
import { filtersStyles } from './filters.styles.ts';
import { filterMenu } from './menu.ts';
import { type OfferedFilter, offeredFilters } from './offered.ts';
import { rangeIn, type Selection, type SelectionFilter, withValues } from './selection.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const comparisons = ['previous', 'year', 'none'] as const;

/**
 * Choice of period, comparison and filters for the analytics elements of a page. It offers the values that the person
 * looking may see, and says what was chosen; the page gives that to its elements.
 *
 * @tag salespulse-filters
 * @attr {string} range - a preset such as `last-12-months` (default), or `YYYY-MM-DD/YYYY-MM-DD`
 * @attr {'previous'|'year'|'none'} compare - the period before (default), the same days a year ago, or nothing
 * @attr {string} filters - what is filtered by, as JSON: `{"region": ["North"], "custom.lead.industry": ["Retail"]}`
 * @attr {string} targets - CSS selector of elements of the page that follow what is chosen
 * @fires salespulse-selection - something else was chosen; `detail` is `{ range, compare, filters }`
 * @csspart bar - period and comparison
 * @csspart menu-button - the button of a filter
 * @csspart menu - the values of a filter
 * @csspart chips - what is filtered by
 */
export class SalesPulseFilters extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    range: { type: String },
    compare: { type: String },
    filters: { type: Object },
    targets: { type: String },
    only: { attribute: false },
    isOpen: { state: true },
    isCustom: { state: true },
    isWrong: { state: true },
    search: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, filtersStyles];
  static override messages = filtersMessages;

  declare range: string;
  declare compare: Selection['compare'];
  declare filters: ChartFilters;
  declare targets: string | undefined;
  /** What was pointed at in charts: chips of their own, which go before the filter of the same name. */
  declare only: readonly ChartFilter[];
  declare protected isOpen: boolean;
  declare protected isCustom: boolean;
  declare protected isWrong: boolean;
  declare protected search: string;

  readonly #choices = new DataController<FilterOptions>(this, {
    key: () => 'choices',
    load: (api, signal) => api.get<FilterOptions>('analytics/filters', {}, { signal }),
  });

  readonly #chipFocus = new ChipFocus(this);

  constructor() {
    super();
    this.range = 'last-12-months';
    this.compare = 'previous';
    this.filters = {};
    this.only = [];
    this.isOpen = false;
    this.isCustom = false;
    this.isWrong = false;
    this.search = '';
  }

  /** What a value of a filter is called; the value itself where it isn't known (yet). */
  nameOf(name: string, value: string): string {
    const options = this.#offered.find((filter) => filter.name === name)?.options;
    const known = options?.find((option) => option.value === value)?.label;
    // An id says nothing: of a team, person or product that the viewer doesn't see.
    return known ?? (value === '' ? this.t('notSet') : uuid.test(value) ? this.t('unknown') : value);
  }

  get #offered(): OfferedFilter[] {
    const { data } = this.#choices.state;
    return data ? offeredFilters(data, (key) => this.t(key)) : [];
  }

  get #selection(): Selection {
    const { range, compare, filters } = this;
    return { range, compare, filters };
  }

  #choose(change: Partial<Selection>): void {
    const { range, compare, filters } = { ...this.#selection, ...change };
    const detail: Selection = { range, compare, filters };
    if (!fire(this, 'salespulse-selection', detail)) {
      this.requestUpdate();
      return;
    }
    Object.assign(this, detail);
    if (!this.targets) return;
    for (const target of document.querySelectorAll(this.targets)) giveTo(target, detail);
  }

  #takeBack(which: readonly ChartFilter[]): void {
    fire(this, 'salespulse-take-back', { dimensions: which.map(({ dimension }) => dimension) });
  }

  readonly #rangeChosen = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.isWrong = false;
    this.isCustom = value === 'custom';
    if (!this.isCustom) this.#choose({ range: value });
  };

  readonly #daysChanged = (event: Event): void => {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const [from, to] = [String(data.get('from')), String(data.get('to'))];
    if (!from || !to) return;
    const range = rangeIn(`${from}/${to}`);
    this.isWrong = range === null;
    if (range) this.#choose({ range });
  };

  #period(): TemplateResult {
    const shown = rangeIn(this.range) ?? 'last-12-months';
    const isCustom = this.isCustom || shown.includes('/');
    const { from, to } = parseRange(shown, this.config.timeZone);
    const day = (name: 'from' | 'to', value: string) => html`<label class="field"><span>${this.t(name)}</span>
      <input type="date" name=${name} required .value=${value} aria-invalid=${this.isWrong} aria-describedby="wrong" /></label>`;
    return html`<label class="field"><span>${this.t('range')}</span>
        <select @change=${this.#rangeChosen}>
          ${rangePresets.map((preset) => html`<option value=${preset} .selected=${!isCustom && preset === shown}>${this.t(`range.${preset}`)}</option>`)}
          <option value="custom" .selected=${isCustom}>${this.t('range.custom')}</option>
        </select></label>
      ${
        isCustom
          ? html`<form class="days" @change=${this.#daysChanged} @submit=${(event: Event) => event.preventDefault()}>
              ${day('from', from)} ${day('to', to)}
              <span class="problem" id="wrong" role="alert">${this.isWrong ? this.t('range.wrong') : nothing}</span>
            </form>`
          : nothing
      }`;
  }

  #valuesOf(name: SelectionFilter): readonly string[] {
    return this.filters[name] ?? [];
  }

  #set(name: SelectionFilter, values: readonly string[]): void {
    this.#choose({ filters: withValues(this.filters, name, values) });
  }

  #chip(verb: string, label: string | undefined, text: string, remove: () => void): TemplateResult {
    return html`<button type="button" class="chip ${verb}" @click=${remove}>
      <span class="visually-hidden">${this.t(verb)}</span> ${label ? `${label}: ` : nothing}${text} <span aria-hidden="true">×</span>
    </button>`;
  }

  #textOf(one: ChartFilter): string {
    if (one.label) return one.label;
    if (one.dimension !== 'period') return one.values.map((value) => this.nameOf(one.dimension, value)).join(', ');
    const { from, to } = one.range;
    return from === to ? this.format.day(from) : `${this.format.day(from)} – ${this.format.day(to)}`;
  }

  #chips(offered: readonly OfferedFilter[]): TemplateResult | typeof nothing {
    const pointedAt = new Set<string>(this.only.map(({ dimension }) => dimension));
    const chosen = (Object.entries(this.filters) as [SelectionFilter, string[]][]).flatMap(([name, values]) =>
      pointedAt.has(name) ? [] : values.map((value) => ({ name, value })),
    );
    if (chosen.length + this.only.length === 0) return nothing;
    const labelOf = (name: string) =>
      name === 'period' ? this.t('range') : offered.find((filter) => filter.name === name)?.label;
    const clear = () => {
      if (this.only.length > 0) this.#takeBack(this.only);
      this.#choose({ filters: {} });
    };
    return html`<div class="chips" part="chips" role="group" aria-label=${this.t('active')} @click=${this.#chipFocus}>
      ${this.only.map((one) => this.#chip('takeBack', labelOf(one.dimension), this.#textOf(one), () => this.#takeBack([one])))}
      ${chosen.map(({ name, value }) => {
        const rest = this.#valuesOf(name).filter((one) => one !== value);
        return this.#chip('remove', labelOf(name), this.nameOf(name, value), () => this.#set(name, rest));
      })}
      <button type="button" class="link" @click=${clear}>${this.t('clear')}</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const offered = this.#offered;
    const { state } = this.#choices;
    const count = Object.keys(this.filters).length;
    return html`<div class="head"><div class="bar" part="bar" role="search" aria-label=${this.t('region')}>
        ${this.#period()}
        <label class="field"><span>${this.t('compare')}</span>
          <select @change=${(event: Event) => this.#choose({ compare: (event.target as HTMLSelectElement).value as Selection['compare'] })}>
            ${comparisons.map((name) => html`<option value=${name} .selected=${name === this.compare}>${this.t(`compare.${name}`)}</option>`)}
          </select></label>
        ${
          offered.length > 0
            ? html`<button type="button" class="toggle" aria-expanded=${this.isOpen} aria-controls="menus" @click=${() => {
                this.isOpen = !this.isOpen;
              }}>${this.t('region')}${count > 0 ? ` (${count})` : nothing}</button>`
            : nothing
        }
        <div class="menus ${this.isOpen ? 'open' : ''}" id="menus" role="group" aria-label=${this.t('menus')}>
          ${offered.map((filter) =>
            filterMenu(this, filter, {
              values: this.#valuesOf(filter.name),
              search: this.search,
              searched: (text) => {
                this.search = text;
              },
              choose: (values) => this.#set(filter.name, values),
            }),
          )}
        </div>
      </div><slot></slot></div>
      ${
        state.error
          ? html`<div class="notice" role="status"><span>${this.t('noChoices')} ${errorText(this, state.error)}</span>
              <button type="button" @click=${() => void this.#choices.refresh()}>${this.t('retry')}</button></div>`
          : nothing
      }
      ${this.#chips(offered)}`;
  }
}

/** Sets the properties that elements of analytics have for what is chosen. */
function giveTo(target: Element, { range, compare, filters }: Selection): void {
  const own = Object.fromEntries(filterNames.map((name) => [name, undefined]));
  Object.assign(target, own, { range, compare, filters });
}
