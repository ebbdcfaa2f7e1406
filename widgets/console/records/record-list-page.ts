import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { Tag } from '../../../backend/contracts/tags.ts';
import type { SavedView } from '../../../backend/contracts/views.ts';
import { can } from '../app.ts';
import type { Option } from '../parts/fields.ts';
import type { Filter } from '../parts/filter-bar.ts';
import type { FilterChangeEvent } from '../parts/filter-menu.ts';
import { icon } from '../parts/icons.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import type { Column } from '../parts/table.ts';
import { t } from '../text.ts';
import { customText } from './facts.ts';
import { customFilters } from './more-filters.ts';
import { loadReferences, type References } from './references.ts';

interface Row {
  id: string;
  name: string;
  tags: readonly string[];
  custom: Readonly<Record<string, unknown>>;
  deletedAt: string | null;
}

/** A list of leads, opportunities, accounts or contacts: filters, columns of choice, saved views, what was deleted. */
export abstract class RecordListPage<T extends Row> extends ListPage<T> {
  static override properties: PropertyDeclarations = {
    references: { state: true },
    tags: { state: true },
    isFiltering: { state: true },
  };

  declare references: References | null;
  declare tags: readonly Tag[];
  declare isFiltering: boolean;
  protected abstract readonly entity: CustomField['entity'];
  protected abstract readonly sorts: readonly Option[];

  constructor() {
    super();
    this.references = null;
    this.tags = [];
    this.isFiltering = false;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadChoices();
  }

  /** The filters of this kind, besides those that all kinds have. */
  protected abstract get ownFilters(): readonly Filter[];

  protected override get question(): ListQuestion {
    const query = this.match.query;
    const tagNames = [...new Set([...this.tags.map(({ name }) => name), ...query.getAll('tag')])];
    const tagFilter: Filter = {
      name: 'tag',
      label: t('filter.tag'),
      options: tagNames.map((name) => ({ value: name, label: name })),
    };
    const deleted: Filter = {
      name: 'deleted',
      label: t('list.deleted'),
      options: [{ value: 'true', label: t('filter.yes') }],
      isFixed: true,
    };
    const custom = customFilters(query, this.references?.custom ?? []);
    return { filters: [...this.ownFilters, tagFilter, ...custom, deleted], sorts: this.sorts };
  }

  protected get isDeletedList(): boolean {
    return this.match.query.get('deleted') === 'true';
  }

  /** All columns there are: those of the kind, tags, and the administrator's fields. */
  protected get allColumns(): readonly Column<T>[] {
    const custom = (this.references?.custom ?? []).map(
      (field): Column<T> => ({
        id: `custom.${field.key}`,
        label: field.label,
        isExtra: true,
        isNumber: field.type === 'number' || field.type === 'money',
        cell: (row) =>
          customText(this.app, field.type, row.custom[field.key], this.references?.people ?? []) ?? t('value.none'),
      }),
    );
    const tags: Column<T> = {
      id: 'tags',
      label: t('field.tags'),
      cell: (row) =>
        row.tags.length === 0
          ? t('value.none')
          : html`<span class="tags">${row.tags.map((tag) => html`<span class="tag">${tag}</span>`)}</span>`,
    };
    return [...this.columns, tags, ...custom];
  }

  protected override get shownColumns(): readonly Column<T>[] {
    const chosen = this.match.query.getAll('columns');
    const shown = this.allColumns.filter(({ id, isTitle, isExtra }) =>
      chosen.length === 0 ? !isExtra : isTitle || (id !== undefined && chosen.includes(id)),
    );
    return this.isDeletedList ? [...shown, ...this.#deletedColumns()] : shown;
  }

  #deletedColumns(): Column<T>[] {
    return [
      {
        label: t('list.deletedOn'),
        isShort: true,
        cell: ({ deletedAt }) => (deletedAt ? this.app.format.moment(deletedAt) : t('value.none')),
      },
      {
        label: t('list.restore'),
        isLabelHidden: true,
        cell: (row) =>
          can(this.app.me, `${this.entity}.delete`)
            ? html`<button type="button" class="button" @click=${() => void this.#restore(row)}>${t('list.restore')}<span class="visually-hidden"> ${row.name}</span></button>`
            : nothing,
      },
    ];
  }

  protected override actions(): unknown {
    const isDeleted = this.isDeletedList;
    return html`<salespulse-console-export .app=${this.app} .path=${this.path} .query=${this.match.query}></salespulse-console-export>
      <button type="button" class="button" @click=${() => this.setQuery({ deleted: isDeleted ? null : 'true' })}>
        ${icon('trash')}${t(isDeleted ? 'list.deleted.back' : 'list.deleted')}</button>
      ${super.actions()}`;
  }

  protected override intro(): unknown {
    return this.isDeletedList ? banner('info', t('list.deleted.text')) : nothing;
  }

  protected override tools(): unknown {
    const choices = this.allColumns.filter(({ id, isTitle }) => id !== undefined && !isTitle);
    const shown = this.shownColumns.flatMap(({ id, isTitle }) => (id !== undefined && !isTitle ? [id] : []));
    return html`<button type="button" class="filter-button" @click=${this.#openFilters}>${t('filter.more')}</button>
      <salespulse-console-filter-menu .app=${this.app} .label=${t('list.columns')} .values=${shown}
        .options=${choices.map(({ id, label }) => ({ value: id ?? '', label }))}
        @salespulse-console-filter=${(event: FilterChangeEvent) => this.setQuery({ columns: event.values.length === 0 ? ['name'] : event.values })}
      ></salespulse-console-filter-menu>
      <salespulse-console-views-menu .app=${this.app} .entity=${this.entity} .query=${this.match.query.toString()}
        .onChoose=${this.#choose}></salespulse-console-views-menu>`;
  }

  protected override dialogs(): unknown {
    return html`${super.dialogs()}
      <salespulse-console-more-filters .app=${this.app} .entity=${this.entity} .isOpen=${this.isFiltering}
        .query=${this.match.query.toString()} .custom=${this.references?.custom ?? []} .people=${this.references?.people ?? []}
        .onClose=${this.#closeFilters} .onApply=${(changes: Record<string, string | null>) => this.setQuery(changes)}
      ></salespulse-console-more-filters>`;
  }

  readonly #openFilters = (): void => {
    this.isFiltering = true;
  };

  readonly #closeFilters = (): void => {
    this.isFiltering = false;
  };

  /** Goes to what a view holds; null: back to everything. */
  readonly #choose = (view: SavedView | null): void => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(view?.filters ?? {})) {
      for (const one of typeof value === 'string' ? [value] : value) query.append(name, one);
    }
    for (const column of view?.columns ?? []) query.append('columns', column);
    if (view?.sort) query.set('sort', view.sort);
    const text = query.toString();
    this.app.navigate(text ? `${this.match.path}?${text}` : this.match.path, { replace: true });
  };

  async #restore({ id, name }: Row): Promise<void> {
    try {
      await this.app.api.send('POST', `${this.path}/${id}/restore`);
      this.app.notify(t('list.restored', { name }));
      await this.list.reload();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  /** The list shows without the options of its filters; that they are missing is said. */
  async #loadChoices(): Promise<void> {
    try {
      const [references, tags] = await Promise.all([
        loadReferences(this.app, this.entity),
        this.app.api.get<{ items: Tag[] }>('tags'),
      ]);
      this.references = references;
      this.tags = tags.items;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
