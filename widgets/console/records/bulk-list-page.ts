import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { can } from '../app.ts';
import type { Column } from '../parts/table.ts';
import { t } from '../text.ts';
import type { Selection } from './bulk-bar.ts';
import { RecordListPage } from './record-list-page.ts';

const NOT_FILTERS = ['sort', 'columns'];

/** A list of records many of which can be changed at once. */
export abstract class BulkListPage<
  T extends {
    id: string;
    name: string;
    tags: readonly string[];
    custom: Readonly<Record<string, unknown>>;
    deletedAt: string | null;
  },
> extends RecordListPage<T> {
  static override properties: PropertyDeclarations = { selection: { state: true } };

  declare selection: Selection;
  #selectedIn = '';

  constructor() {
    super();
    this.selection = { ids: [], isAll: false };
  }

  /** Another question lists other records: what was selected in the old list is not changed with them. */
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const asked = JSON.stringify(this.#filter);
    if (asked !== this.#selectedIn) {
      this.#selectedIn = asked;
      this.selection = { ids: [], isAll: false };
    }
  }

  get #filter(): Record<string, readonly string[]> {
    const { query } = this.match;
    const names = [...new Set(query.keys())].filter((name) => !NOT_FILTERS.includes(name));
    return Object.fromEntries(names.map((name) => [name, name === 'q' ? [query.get('q') ?? ''] : query.getAll(name)]));
  }

  protected override get shownColumns(): readonly Column<T>[] {
    const { me } = this.app;
    const canChange = can(me, `${this.entity}.write`) || can(me, `${this.entity}.delete`);
    return canChange ? [this.#selectColumn(), ...super.shownColumns] : super.shownColumns;
  }

  #selectColumn(): Column<T> {
    const { items } = this.list.state;
    const { ids, isAll } = this.selection;
    const isWhole = isAll || (items.length > 0 && items.every(({ id }) => ids.includes(id)));
    return {
      label: '',
      isShort: true,
      head: () =>
        html`<input type="checkbox" aria-label=${t('list.selectAll')} .checked=${isWhole} @change=${() => {
          this.selection = { ids: isWhole ? [] : items.map(({ id }) => id), isAll: false };
        }} />`,
      cell: ({
        id,
        name,
      }) => html`<input type="checkbox" aria-label=${t('list.select', { name })} .checked=${isAll || ids.includes(id)}
        @change=${() => this.#flip(id)} />`,
    };
  }

  #flip(id: string): void {
    const { ids, isAll } = this.selection;
    const present = isAll ? this.list.state.items.map((item) => item.id) : ids;
    this.selection = {
      ids: present.includes(id) ? present.filter((one) => one !== id) : [...present, id],
      isAll: false,
    };
  }

  protected override aboveRows(): unknown {
    if (this.list.state.kind !== 'ready') return nothing;
    return html`<salespulse-console-bulk-bar .app=${this.app} .entity=${this.entity} .path=${this.path} .selection=${this.selection}
      .total=${this.list.state.total} .filter=${this.#single(this.#filter)} .references=${this.references} .isDeletedList=${this.isDeletedList}
      .onSelectAll=${this.#selectAll} .onClear=${this.#clear} .onDone=${this.#done}></salespulse-console-bulk-bar>`;
  }

  /** As the list's query has them: what takes one value is no list. */
  #single(filter: Record<string, readonly string[]>): Record<string, readonly string[] | string> {
    return Object.fromEntries(
      Object.entries(filter).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
    );
  }

  readonly #selectAll = (): void => {
    this.selection = { ids: [], isAll: true };
  };

  readonly #clear = (): void => {
    this.selection = { ids: [], isAll: false };
  };

  readonly #done = (): void => {
    this.#clear();
    void this.list.reload();
  };
}
