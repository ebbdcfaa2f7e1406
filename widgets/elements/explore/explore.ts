import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import type { Dashboard, Exploration, KeptFilters } from '../../../backend/contracts/dashboards.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { parseRange } from '../../base/range.ts';
import { errorPanel, errorText } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartFilter } from '../chart/chart-types.ts';
import { type Metric, settled } from './combinations.ts';
import { controlsView } from './controls.ts';
import { exploreMessages } from './explore.messages.ts';
import { exploreStyles } from './explore.styles.ts';
import { defaultRange, type ExploreState, readRange, readState, writeState } from './explore-state.ts';
import { filterChips, filterChoices, withValues } from './filter-choices.ts';
import { dashboardPanel, savePanel, tagPanel } from './panels.ts';
import { type SavedActions, savedList } from './saved-list.ts';
import {
  addPanel,
  type Choices,
  changeSaved,
  listEditable,
  listSaved,
  loadChoices,
  removeSaved,
  saveNew,
} from './source.ts';
import { chartTag } from './tag.ts';

type PanelName = 'save' | 'tag' | 'dashboard';

/**
 * A page to ask one's own questions: what is measured, split by what, drawn how. Questions are saved, shared, copied as
 * a tag, and put on dashboards. What can't be combined is disabled, with the reason beside it.
 *
 * @tag salespulse-explore
 * @attr {string} query - the question, as the address of the console's page has it: `metrics=revenue&by=region&type=bar`
 * @fires salespulse-explore-change - the question is another; `detail` is `{ query }`
 * @fires salespulse-drill - the records behind a value are wanted; `detail` is `{ metric, value, from, to, filters }`
 * @csspart controls - the choices
 * @csspart result - chart, actions and saved questions
 * @csspart error - the panel shown when loading failed
 */
export class SalesPulseExplore extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    query: { type: String },
    panel: { state: true },
    dashboards: { state: true },
    act: { state: true },
    isBusy: { state: true },
    news: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, exploreStyles];
  static override messages = exploreMessages;

  declare query: string;
  declare panel: PanelName | null;
  declare dashboards: readonly Dashboard[] | undefined;
  declare act: SavedActions['busy'];
  declare isBusy: boolean;
  declare news: { text: string; isProblem: boolean } | null;

  #state: ExploreState = readState('');
  /** On a telephone the chart comes first; the choices unfold above it. */
  readonly #isWide = matchMedia('(width >= 44rem)').matches;
  /** Names of values that were chosen in the chart. */
  readonly #named = new Map<string, string>();
  readonly #choices = new DataController<Choices>(this, { key: () => 'choices', load: loadChoices });
  readonly #saved = new DataController<readonly Exploration[]>(this, { key: () => 'saved', load: listSaved });

  constructor() {
    super();
    this.query = '';
    this.panel = null;
    this.act = null;
    this.isBusy = false;
    this.news = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('query') && this.query !== writeState(this.#state)) this.#state = readState(this.query);
    // An address may ask for what can't be combined, or for what this person doesn't see.
    this.#state = this.#settle(this.#state);
  }

  #settle(state: ExploreState): ExploreState {
    const days = parseRange(state.range, this.config.timeZone);
    return { ...state, chart: settled({ chart: state.chart, catalogue: this.#metrics }, days) };
  }

  get #metrics(): readonly Metric[] {
    return this.#choices.state.data?.metrics ?? [];
  }

  get #current(): Exploration | undefined {
    return this.#saved.state.data?.find(({ id }) => id === this.#state.saved);
  }

  #change(change: Partial<ExploreState>): void {
    this.#state = this.#settle({ ...this.#state, ...change });
    this.query = writeState(this.#state);
    this.news = null;
    this.requestUpdate();
    fire(this, 'salespulse-explore-change', { query: this.query });
  }

  /** A mark of the chart is wanted alone: its value or its period. */
  readonly #filtered = (event: CustomEvent<ChartFilter>): void => {
    event.stopPropagation();
    event.preventDefault();
    const { detail } = event;
    if (detail.dimension === 'period') {
      this.#change({ range: `${detail.range.from}/${detail.range.to}` });
      return;
    }
    for (const value of detail.values) this.#named.set(value, detail.label);
    this.#change({
      filters: withValues(this.#state.filters, detail.dimension as keyof KeptFilters, detail.values),
    });
  };

  /** Does something with the server, once at a time, and says how it went. */
  async #do(work: () => Promise<string>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      this.news = { text: await work(), isProblem: false };
      this.panel = null;
      this.act = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const [first] = error.errors;
      this.news = { text: error.status === 422 && first ? error.detail : errorText(this, error), isProblem: true };
    } finally {
      this.isBusy = false;
    }
  }

  #toggle(panel: PanelName): void {
    this.panel = this.panel === panel ? null : panel;
    if (this.panel !== 'dashboard') return;
    this.dashboards = undefined;
    void listEditable(this.api).then(
      (dashboards) => {
        this.dashboards = dashboards;
      },
      (error: unknown) => {
        this.panel = null;
        const text = error instanceof ApiError ? errorText(this, error) : this.t('error.server');
        this.news = { text, isProblem: true };
      },
    );
  }

  async #changeSaved(one: Exploration, change: Parameters<typeof changeSaved>[2]): Promise<void> {
    await changeSaved(this.api, one, change);
    await this.#saved.refresh();
  }

  readonly #saveNew = (name: string, isShared: boolean): void =>
    void this.#do(async () => {
      const { id } = await saveNew(this.api, this.#state, name, isShared);
      await this.#saved.refresh();
      this.#change({ saved: id });
      return this.t('said.saved', { name });
    });

  readonly #saveOver = (current: Exploration): void =>
    void this.#do(async () => {
      await this.#changeSaved(current, { state: this.#state });
      return this.t('said.saved', { name: current.name });
    });

  readonly #copy = (tag: string): void =>
    void navigator.clipboard.writeText(tag).then(
      () => {
        this.news = { text: this.t('said.copied'), isProblem: false };
      },
      () => {
        this.renderRoot.querySelector<HTMLElement>('textarea')?.focus();
        this.news = { text: this.t('said.copyByHand'), isProblem: true };
      },
    );

  #panel(mayShare: boolean): TemplateResult | typeof nothing {
    const { isBusy } = this;
    switch (this.panel) {
      case 'save':
        return savePanel(this, {
          current: this.#current,
          mayShare,
          isBusy,
          saveNew: this.#saveNew,
          saveOver: this.#saveOver,
        });
      case 'tag': {
        const tag = chartTag(this.#state);
        return tagPanel(this, tag, () => this.#copy(tag));
      }
      case 'dashboard':
        return dashboardPanel(this, this.dashboards, {
          isBusy,
          add: (id, title) =>
            void this.#do(async () => {
              await addPanel(this.api, id, this.#state, title);
              const name = this.dashboards?.find((one) => one.id === id)?.name ?? '';
              return this.t('said.added', { name });
            }),
        });
      case null:
        return nothing;
      default:
        return this.panel satisfies never;
    }
  }

  #actions(mayShare: boolean): TemplateResult {
    const names: readonly PanelName[] = ['save', 'tag', 'dashboard'];
    return html`<div class="actions" role="group" aria-label=${this.t('actions')}>
        ${names.map(
          (name) =>
            html`<button type="button" aria-expanded=${this.panel === name} @click=${() => this.#toggle(name)}>${this.t(`action.${name}`)}</button>`,
        )}
      </div>
      ${this.#panel(mayShare)}
      <p class=${this.news?.isProblem ? 'news problem' : 'news'} role="status">${this.news?.text}</p>`;
  }

  #savedView(mayShare: boolean): TemplateResult {
    const { state } = this.#saved;
    const list = state.data;
    const actions: SavedActions = {
      open: this.#state.saved,
      busy: this.act,
      mayShare,
      show: ({ id, chart, selection }) =>
        this.#change({
          chart,
          range: readRange(selection.range) ?? defaultRange,
          filters: selection.filters,
          saved: id,
        }),
      ask: ({ id }, act) => {
        this.act = act && { id, act };
      },
      rename: (one, name) =>
        void this.#do(async () => {
          await this.#changeSaved(one, { name });
          return this.t('said.renamed', { name });
        }),
      share: (one, isShared) =>
        void this.#do(async () => {
          await this.#changeSaved(one, { isShared });
          return this.t(isShared ? 'said.shared' : 'said.unshared', { name: one.name });
        }),
      remove: (one) =>
        void this.#do(async () => {
          await removeSaved(this.api, one);
          await this.#saved.refresh();
          if (this.#state.saved === one.id) this.#change({ saved: null });
          return this.t('said.deleted', { name: one.name });
        }),
    };
    return html`<details class="questions" open>
      <summary>${this.t('saved')}</summary>
      ${list ? savedList(this, list, actions) : state.error ? errorPanel(this, state.error, () => void this.#saved.refresh()) : html`<p>${this.t('loading')}</p>`}
    </details>`;
  }

  #chart({ chart, range, filters }: ExploreState): TemplateResult {
    const { server, sessionUrl, fetchClientSecret, session, locale, timeZone, theme } = this;
    return html`<salespulse-chart .server=${server} .sessionUrl=${sessionUrl} .fetchClientSecret=${fetchClientSecret}
      .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
      .metrics=${chart.metrics} .by=${chart.by ?? undefined} .isOverTime=${chart.isOverTime} .grain=${chart.grain ?? undefined}
      .type=${chart.type} .stacking=${chart.stacking} .limit=${chart.limit} .withOthers=${chart.withOthers}
      .transform=${chart.transform} .window=${chart.window} .range=${range} .filters=${filters}
      @salespulse-filter=${this.#filtered}></salespulse-chart>`;
  }

  protected override render(): TemplateResult {
    const { state } = this.#choices;
    if (!state.data) {
      if (state.error) return errorPanel(this, state.error, () => void this.#choices.refresh());
      return html`<div class="state" aria-busy="true"><p role="status">${this.t('loading')}</p></div>`;
    }
    const choices = state.data;
    const { chart, range, filters } = this.#state;
    const days = parseRange(range, this.config.timeZone);
    const change = (part: Partial<ChartSpec>) => this.#change({ chart: { ...chart, ...part } });
    const metrics = choices.metrics.filter(({ id }) => chart.metrics.includes(id));
    const selection = { choices, metrics, range, filters, change: (part: Partial<ExploreState>) => this.#change(part) };
    return html`<div class="explore">
      <details class="controls" part="controls" ?open=${this.#isWide}>
        <summary>${this.t('controls')}</summary>
        ${controlsView(this, { question: { chart, catalogue: choices.metrics }, choices, filters, days, change })}
        ${filterChoices(this, selection)}
      </details>
      <div class="result" part="result">
        ${filterChips(this, selection, this.#named)} ${this.#chart(this.#state)}
        ${this.#actions(choices.mayShare)} ${this.#savedView(choices.mayShare)}
      </div>
    </div>`;
  }
}
