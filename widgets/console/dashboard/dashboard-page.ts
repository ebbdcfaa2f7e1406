import { html, nothing, type PropertyValues } from 'lit';
import type { Dashboard } from '../../../backend/contracts/dashboards.ts';
import type { ChartFilter } from '../../elements/chart/chart-types.ts';
import type { Selection } from '../../elements/filters/selection.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { emptyState, errorState, loadingState } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { t } from '../text.ts';
import { allDashboards, copyOf, newDashboard, removeDashboard, startWith } from './dashboards.ts';
import { onlyIn, queryFor, selectionIn } from './question.ts';
import { switcher } from './switcher.ts';

/** A dashboard, with its selection kept in the address; without one named, that which the person starts with. */
export class ConsoleDashboardPage extends ConsolePage {
  static override properties = { isSettingUp: { state: true } };

  declare protected isSettingUp: boolean;
  readonly #all = new Loader<readonly Dashboard[]>(this);

  constructor() {
    super();
    this.isSettingUp = false;
  }

  get heading(): string {
    return this.#shown?.name ?? t('nav.dashboard');
  }

  get #shown(): Dashboard | null {
    const all = this.#all.data ?? [];
    const named = this.match.params.id;
    if (named === undefined) return all.find(({ isHome }) => isHome) ?? all[0] ?? null;
    return all.find(({ id, key }) => id === named || key === named) ?? null;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void => void this.#all.load((signal) => allDashboards(this.app, signal));

  protected override render() {
    const { state } = this.#all;
    if (state.kind === 'loading') return html`<div class="page">${loadingState()}</div>`;
    if (state.kind === 'error') return html`<div class="page">${errorState(state.error, this.#load)}</div>`;
    const shown = this.#shown;
    return html`<div class="page">
        <header class="page-header">
          <h1 tabindex="-1">${this.heading}</h1>
          <div class="page-actions">
            ${switcher(state.data, shown, (id) => this.app.navigate(`/dashboards/${id}`))} ${shown ? this.#actions(shown) : nothing}
          </div>
        </header>
        ${shown ? this.#dashboard(shown) : this.#nothing(state.data.length > 0)}
      </div>
      ${
        shown
          ? html`<salespulse-console-dashboard-settings .app=${this.app} .dashboard=${shown} .selection=${this.#selection(shown)}
              .isOpen=${this.isSettingUp} .onClose=${this.#settingsClosed} .onSaved=${this.#load}></salespulse-console-dashboard-settings>`
          : nothing
      }`;
  }

  #nothing(isUnknown: boolean) {
    const make = html`<button type="button" class="button button-primary" @click=${() => this.#do(this.#make)}>${t('dashboard.new')}</button>`;
    return isUnknown
      ? emptyState(t('dashboard.unknown'), t('dashboard.unknown.text'), make)
      : emptyState(t('dashboard.none'), t('dashboard.none.text'), make);
  }

  #actions(shown: Dashboard) {
    const { id, key, canEdit, isHome } = shown;
    const item = (label: string, act: () => Promise<void> | void) =>
      html`<button type="button" class="button" @click=${() => this.#do(act)}>${label}</button>`;
    return html`${
      canEdit
        ? html`<a class="button" href="/dashboards/${id}/edit">${icon('pencil')}${t('dashboard.edit')}</a>`
        : html`<button type="button" class="button" @click=${() => this.#do(() => this.#copy(shown, true))}>${icon('copy')}${t('dashboard.copyToEdit')}</button>`
    }
      <details class="actions-menu" @focusout=${closeOnLeave} @keydown=${closeOnEscape}>
        <summary class="button">${t('dashboard.more')}${icon('down')}</summary>
        <div class="actions-list">
          ${canEdit ? item(t('dashboard.settings'), this.#openSettings) : nothing}
          ${canEdit ? item(t('dashboard.copy'), () => this.#copy(shown, false)) : nothing}
          ${isHome ? html`<p class="muted">${t('dashboard.isHome')}</p>` : item(t('dashboard.home'), () => this.#startHere(shown))}
          ${item(t('dashboard.new'), this.#make)}
          ${canEdit && key === null ? item(t('dashboard.delete'), () => this.#remove(shown)) : nothing}
        </div>
      </details>`;
  }

  #selection({ selection }: Dashboard): Selection {
    return selectionIn(this.match.query, selection);
  }

  #dashboard(shown: Dashboard) {
    const { range, compare, filters } = this.#selection(shown);
    return html`${shown.description ? html`<p class="muted">${shown.description}</p>` : nothing}
      <salespulse-dashboard .definition=${shown} .range=${range} .compare=${compare} .filters=${filters}
        .only=${onlyIn(this.match.query)} .timeZone=${this.app.me.timeZone} .locale=${this.app.format.locale} @salespulse-selection=${this.#selected}
        @salespulse-record-open=${this.#opened}></salespulse-dashboard>`;
  }

  readonly #selected = ({ detail }: CustomEvent<Selection & { only: ChartFilter[] }>): void => {
    const shown = this.#shown;
    if (!shown) return;
    const query = queryFor(detail, shown.selection, detail.only).toString();
    this.app.navigate(query ? `${this.match.path}?${query}` : this.match.path, { replace: true });
  };

  readonly #opened = (event: CustomEvent<{ entity: 'lead' | 'opportunity'; id: string }>): void => {
    event.preventDefault();
    this.app.navigate(recordHref(event.detail.entity, event.detail.id));
  };

  /** Does what a button says; a refusal is told. */
  async #do(act: () => Promise<void> | void): Promise<void> {
    const menu = this.querySelector<HTMLDetailsElement>('.actions-menu');
    if (menu) menu.open = false;
    try {
      await act();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  readonly #openSettings = (): void => {
    this.isSettingUp = true;
  };

  readonly #settingsClosed = (): void => {
    this.isSettingUp = false;
  };

  readonly #make = async (): Promise<void> => {
    const { id } = await newDashboard(this.app);
    this.app.navigate(`/dashboards/${id}/edit`);
  };

  async #copy(shown: Dashboard, isToEdit: boolean): Promise<void> {
    const { id } = await copyOf(this.app, shown);
    this.app.notify(t('dashboard.copied'));
    this.app.navigate(isToEdit ? `/dashboards/${id}/edit` : `/dashboards/${id}`);
  }

  async #startHere(shown: Dashboard): Promise<void> {
    await startWith(this.app, shown);
    this.app.notify(t('dashboard.home.done', { name: shown.name }));
    this.#load();
  }

  async #remove(shown: Dashboard): Promise<void> {
    if (!(await removeDashboard(this.app, shown))) return;
    this.app.notify(t('dashboard.deleted'));
    this.app.navigate('/');
    this.#load();
  }
}

const closeOnLeave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
  const menu = currentTarget as HTMLDetailsElement;
  if (relatedTarget && !menu.contains(relatedTarget as Node)) menu.open = false;
};

const closeOnEscape = (event: KeyboardEvent): void => {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
};
