import { html, nothing, type PropertyValues } from 'lit';
import type { SavedView } from '../../../backend/contracts/views.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';

let menus = 0;
const NO_FILTERS = ['sort', 'columns', 'limit', 'cursor', 'count'];

/** What of an address a view keeps. */
export function viewOf(query: URLSearchParams): Pick<SavedView, 'filters' | 'columns' | 'sort'> {
  const names = [...new Set(query.keys())].filter((name) => !NO_FILTERS.includes(name));
  return {
    filters: Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
    columns: query.getAll('columns'),
    sort: query.get('sort'),
  };
}

/** Saved views of a list: choose one, save what shows as one, delete one. */
export class ConsoleViewsMenu extends ConsoleElement {
  static override properties = {
    entity: { attribute: false },
    query: { attribute: false },
    onChoose: { attribute: false },
    views: { state: true },
    chosen: { state: true },
    isSaving: { state: true },
  };

  declare entity: SavedView['entity'];
  /** the address's query, as a text */
  declare query: string;
  declare onChoose: (view: SavedView | null) => void;
  declare views: readonly SavedView[];
  declare chosen: string | null;
  declare isSaving: boolean;
  readonly #id = `views${++menus}`;

  constructor() {
    super();
    this.query = '';
    this.views = [];
    this.chosen = null;
    this.isSaving = false;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#load();
  }

  protected override render() {
    const present = this.views.find(({ id }) => id === this.chosen);
    const isChanged = present?.isMine && !this.#isAsSaved(present);
    return html`<button type="button" class="filter-button ${present ? 'is-active' : ''}" popovertarget=${this.#id}>
        ${present?.name ?? t('views.title')}${icon('down')}</button>
      <div class="filter-popover" id=${this.#id} popover role="group" aria-label=${t('views.title')} @toggle=${this.#toggled}>
        <div class="filter-options">
          ${this.views.length === 0 ? html`<p class="filter-none">${t('views.none')}</p>` : nothing}
          ${this.#group(
            t('views.mine'),
            this.views.filter(({ isMine }) => isMine),
          )}
          ${this.#group(
            t('views.shared'),
            this.views.filter(({ isMine }) => !isMine),
          )}
        </div>
        <div class="view-actions">
          ${this.query === '' ? nothing : html`<button type="button" class="link-button" @click=${() => this.#choose(null)}>${t('views.everything')}</button>`}
          ${isChanged && present ? html`<button type="button" class="link-button" @click=${() => void this.#update(present)}>${t('views.update', { name: present.name })}</button>` : nothing}
          <button type="button" class="link-button" @click=${this.#openSave}>${t('views.save')}</button>
        </div>
      </div>
      <salespulse-console-form-dialog .app=${this.app} .heading=${t('views.save.title')} .isOpen=${this.isSaving} .fields=${this.#fields}
        .values=${{}} .save=${this.#save} .onClose=${this.#closeSave}></salespulse-console-form-dialog>`;
  }

  #group(heading: string, views: readonly SavedView[]) {
    if (views.length === 0) return nothing;
    return html`<p class="view-group">${heading}</p>
      ${views.map(
        (view) => html`<div class="view-row">
          <button type="button" class="view-name" aria-pressed=${String(view.id === this.chosen)} @click=${() => this.#choose(view)}>${view.name}</button>
          ${
            view.isMine || can(this.app.me, 'view.share')
              ? html`<button type="button" class="icon-button" aria-label=${t('views.delete', { name: view.name })} @click=${() => void this.#remove(view)}>${icon('trash')}</button>`
              : nothing
          }
        </div>`,
      )}`;
  }

  get #fields(): Field[] {
    const name: Field = {
      name: 'name',
      label: t('views.name'),
      kind: 'text',
      required: true,
      maxLength: 100,
      isWide: true,
    };
    const share: Field = {
      name: 'isShared',
      label: t('views.share'),
      kind: 'checkbox',
      help: t('views.share.help'),
      isWide: true,
    };
    return can(this.app.me, 'view.share') ? [name, share] : [name];
  }

  #isAsSaved({ filters, columns, sort }: SavedView): boolean {
    const flat = (value: unknown) => JSON.stringify(value);
    const now = viewOf(new URLSearchParams(this.query));
    const listed = Object.fromEntries(
      Object.entries(filters).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
    );
    const sorted = (record: object) => flat(Object.entries(record).sort(([a], [b]) => a.localeCompare(b)));
    return sorted(now.filters) === sorted(listed) && flat(now.columns) === flat(columns) && now.sort === sort;
  }

  async #load(): Promise<void> {
    try {
      this.views = (await this.app.api.get<{ items: SavedView[] }>('views', { entity: this.entity })).items;
      this.chosen = this.views.find((view) => this.query !== '' && this.#isAsSaved(view))?.id ?? this.chosen;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  #choose(view: SavedView | null): void {
    this.chosen = view?.id ?? null;
    this.#menu?.hidePopover();
    this.onChoose(view);
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const now = viewOf(new URLSearchParams(this.query));
    const view = await this.app.api.send<SavedView>('POST', 'views', { entity: this.entity, ...now, ...body });
    this.chosen = view.id;
    this.app.notify(t('views.saved', { name: view.name }));
    await this.#load();
  };

  async #update(view: SavedView): Promise<void> {
    try {
      const now = viewOf(new URLSearchParams(this.query));
      await this.app.api.send('PATCH', `views/${view.id}`, now, { ifMatch: view.version });
      this.app.notify(t('views.saved', { name: view.name }));
      this.#menu?.hidePopover();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    await this.#load();
  }

  async #remove(view: SavedView): Promise<void> {
    this.#menu?.hidePopover();
    const { name } = view;
    const question = {
      title: t('views.delete.title', { name }),
      text: t('views.delete.text'),
      action: t('record.delete'),
    };
    if (!(await this.app.confirm({ ...question, isDanger: true }))) return;
    try {
      await this.app.api.send('DELETE', `views/${view.id}`, undefined, { ifMatch: view.version });
      this.app.notify(t('views.deleted', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    await this.#load();
  }

  get #menu(): HTMLElement | null {
    return this.querySelector<HTMLElement>('[popover]');
  }

  readonly #openSave = (): void => {
    this.#menu?.hidePopover();
    this.isSaving = true;
  };

  readonly #closeSave = (): void => {
    this.isSaving = false;
  };

  /** Places the menu below its button, inside the window. */
  readonly #toggled = (event: ToggleEvent): void => {
    const button = this.querySelector('button');
    if (event.newState !== 'open' || !button) return;
    const menu = event.currentTarget as HTMLElement;
    const { left, bottom } = button.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
  };
}
