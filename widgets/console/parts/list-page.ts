import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { can } from '../app.ts';
import { t } from '../text.ts';
import { ConsolePage } from './console-element.ts';
import { dayInputs } from './day-inputs.ts';
import type { Option } from './fields.ts';
import { type Filter, type FilterBar, filterChips, filterMenus } from './filter-bar.ts';
import { icon } from './icons.ts';
import { listFooter } from './list-footer.ts';
import { PageList } from './page-list.ts';
import { problemText } from './problems.ts';
import { banner, emptyState, errorState, loadingState } from './states.ts';
import { type Column, tableView } from './table.ts';

/** Pause after the last key of the search before the list follows. */
const searchPauseMs = 300;

/** What a list can be asked: all of it is kept in the address. */
export interface ListQuestion {
  filters: readonly Filter[];
  /** Orders, the default first; left out: there is only one. */
  sorts?: readonly Option[];
  /** Two date inputs, for the query parameters `from` and `to`. */
  hasDays?: boolean;
  /** The API can't search this list by a text. */
  isWithoutSearch?: boolean;
}

/** A page with a list: search, filters, order, "load more", and where one goes to make a new record. */
export abstract class ListPage<T extends { id: string }> extends ConsolePage {
  static override properties: PropertyDeclarations = { isUnfolded: { state: true } };

  /** On a telephone the choices are folded away until they are asked for. */
  declare protected isUnfolded: boolean;

  protected readonly list: PageList<T> = new PageList<T>(this, () => this.app.api);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  /** API path of the list. */
  protected abstract readonly path: string;
  protected abstract readonly columns: readonly Column<T>[];
  protected abstract get question(): ListQuestion;
  /** What stands where nothing was ever entered. */
  protected abstract readonly emptyText: { title: string; text: string };
  /** Where a new record is made, and the permission for it. */
  protected readonly newRecord: { href: string; label: string; permission: string } | null = null;
  /** False where the API gives no total for this list. */
  protected readonly hasTotal: boolean = true;

  constructor() {
    super();
    this.isUnfolded = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asked = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const asked = this.match.query.toString();
    if (!this.hasUpdated || asked !== this.#asked) this.#ask(asked);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#ask(this.match.query.toString());
  }

  #ask(asked: string): void {
    this.#asked = asked;
    const { query } = this.match;
    const { filters, sorts, hasDays, isWithoutSearch } = this.question;
    const sort = sorts?.some(({ value }) => value === query.get('sort')) ? query.get('sort') : null;
    void this.list.load(this.path, {
      ...Object.fromEntries(filters.map(({ name }) => [name, query.getAll(name)])),
      ...(hasDays ? { from: query.get('from'), to: query.get('to') } : {}),
      ...(isWithoutSearch ? {} : { q: query.get('q') }),
      sort,
      ...(this.hasTotal ? { count: true } : {}),
    });
  }

  protected override render(): TemplateResult {
    const { state } = this.list;
    return html`<div class="page">
      <header class="page-header">
        <h1 tabindex="-1">${this.heading}</h1>
        <div class="page-actions">${this.actions()}</div>
      </header>
      ${this.intro()} ${this.#toolbar()}
      ${state.kind === 'loading' ? loadingState(8) : state.kind === 'error' ? errorState(state.error, () => void this.list.reload()) : this.#rows()}
    </div>${this.dialogs()}`;
  }

  /** What the page is about, above the list. */
  protected intro(): unknown {
    return nothing;
  }

  /** Buttons beside the heading. */
  protected actions(): unknown {
    const { newRecord } = this;
    if (!newRecord || !can(this.app.me, newRecord.permission)) return nothing;
    return html`<a class="button button-primary" href=${newRecord.href}>${icon('plus')}${newRecord.label}</a>`;
  }

  /** Dialogs of the page, outside its layout. */
  protected dialogs(): unknown {
    return nothing;
  }

  /** Further menus at the end of the toolbar. */
  protected tools(): unknown {
    return nothing;
  }

  /** What stands between the toolbar and the rows. */
  protected aboveRows(): unknown {
    return nothing;
  }

  /** The columns that show. */
  protected get shownColumns(): readonly Column<T>[] {
    return this.columns;
  }

  #toolbar(): TemplateResult | typeof nothing {
    const { query } = this.match;
    const { filters, sorts, hasDays, isWithoutSearch } = this.question;
    if (isWithoutSearch && filters.length === 0) return nothing;
    const bar: FilterBar = { app: this.app, query, filters, change: (changes) => this.setQuery(changes) };
    return html`<div class="toolbar" role="search">
        ${
          isWithoutSearch
            ? nothing
            : html`<label class="search-field">${icon('search')}<span class="visually-hidden">${t('list.search')}</span>
                <input type="search" placeholder=${t('list.search')} .value=${query.get('q') ?? ''} @input=${this.#searched} />
              </label>`
        }
        <button type="button" class="filter-button toolbar-toggle" aria-expanded=${String(this.isUnfolded)}
          @click=${() => {
            this.isUnfolded = !this.isUnfolded;
          }}>${t('list.choices')}${icon('down')}</button>
        <div class="toolbar-choices ${this.isUnfolded ? 'is-open' : ''}">
          ${hasDays ? dayInputs(query, (changes) => this.setQuery(changes)) : nothing} ${filterMenus(bar)}
          ${
            sorts
              ? html`<label class="sort-field"><span>${t('list.sort')}</span>
                <select @change=${(event: Event) => this.setQuery({ sort: (event.target as HTMLSelectElement).value })}>
                  ${sorts.map(({ value, label }) => html`<option value=${value} ?selected=${(query.get('sort') ?? sorts[0]?.value) === value}>${label}</option>`)}
                </select></label>`
              : nothing
          }
          ${this.tools()}
        </div>
      </div>
      ${filterChips(bar)} ${this.aboveRows()}`;
  }

  #rows(): TemplateResult {
    const { state } = this.list;
    if (state.items.length === 0) {
      const isFiltered = [...this.match.query.keys()].some((name) => name !== 'sort' && name !== 'columns');
      return isFiltered
        ? emptyState(t('list.nothingMatches'), t('list.nothingMatches.text'))
        : emptyState(this.emptyText.title, this.emptyText.text, this.actions());
    }
    return html`${state.error ? banner('error', t('list.moreFailed', { reason: problemText(state.error) })) : nothing}
      ${tableView({ label: this.heading, columns: this.shownColumns, items: state.items, isBusy: state.isRefreshing, key: ({ id }) => id })}
      ${listFooter(state, this.list.more)}`;
  }

  readonly #searched = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.setQuery({ q: value.trim() }), searchPauseMs);
  };
}
