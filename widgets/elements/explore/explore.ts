import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { parseRange } from '../../base/range.ts';
import { errorPanel } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartFilter } from '../chart/chart-types.ts';
import { narrowed, type Selection } from '../filters/selection.ts';
import { type Metric, settled } from './combinations.ts';
import { controlsView } from './controls.ts';
import { exploreMessages } from './explore.messages.ts';
import { exploreStyles } from './explore.styles.ts';
import { type ExploreState, namesOnlySaved, readState, writeState } from './explore-state.ts';
import { Notebook } from './notebook.ts';
import { type Choices, loadChoices } from './source.ts';

/**
 * A page to ask one's own questions: what is measured, split by what, compared with what, drawn how. Questions are saved,
 * shared, copied as a tag, and put on dashboards. What can't be combined is disabled, with the reason beside it.
 *
 * @tag salespulse-explore
 * @attr {string} query - the question, as the address of the console's page has it: `metrics=revenue&by=region&type=bar`, or `saved=ID`
 * @fires salespulse-explore-change - the question is another; `detail` is `{ query }`
 * @fires salespulse-drill - the records behind a value are wanted; `detail` is `{ metric, value, from, to, filters }`
 * @csspart controls - the choices
 * @csspart result - chart, actions and saved questions
 * @csspart error - the panel shown when loading failed
 */
export class SalesPulseExplore extends SalesPulseElement {
  static override properties: PropertyDeclarations = { query: { type: String } };
  static override styles = [SalesPulseElement.styles, controls, exploreStyles];
  static override messages = exploreMessages;

  declare query: string;

  #state: ExploreState = readState('');
  /** The address names a saved question, and nothing that it asks. */
  #isOpening = false;
  /** On a telephone the chart comes first; the choices unfold above it. */
  readonly #isWide = matchMedia('(width >= 44rem)').matches;
  readonly #choices = new DataController<Choices>(this, { key: () => 'choices', load: loadChoices });
  readonly #notebook = new Notebook(this, {
    state: () => this.#state,
    show: (state) => this.#change(state),
  });

  constructor() {
    super();
    this.query = '';
    // The chart need not wait for what filters it.
    import('../filters/define.ts').catch(reportError);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('query') && this.query !== writeState(this.#state)) {
      this.#state = readState(this.query);
      this.#isOpening = namesOnlySaved(this.query);
    }
    // An address may ask for what can't be combined, or for what this person doesn't see.
    this.#state = this.#settle(this.#state);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { saved } = this.#state;
    if (!this.#isOpening || !saved || !this.#choices.state.data || !this.#notebook.isReady) return;
    this.#isOpening = false;
    this.#notebook.open(saved);
  }

  #settle(state: ExploreState): ExploreState {
    const days = parseRange(state.range, this.config.timeZone);
    return { ...state, chart: settled({ chart: state.chart, catalogue: this.#metrics }, days) };
  }

  get #metrics(): readonly Metric[] {
    return this.#choices.state.data?.metrics ?? [];
  }

  #change(change: Partial<ExploreState>): void {
    this.#state = this.#settle({ ...this.#state, ...change });
    this.#isOpening = false;
    this.#notebook.changed();
    const query = writeState(this.#state);
    if (query === this.query) return;
    this.query = query;
    fire(this, 'salespulse-explore-change', { query });
  }

  readonly #selected = (event: CustomEvent<Selection>): void => {
    event.stopPropagation();
    this.#change(event.detail);
  };

  /** A mark of the chart is wanted alone: its value or its period. */
  readonly #filtered = (event: CustomEvent<ChartFilter>): void => {
    event.stopPropagation();
    event.preventDefault();
    const { range, compare, filters } = this.#state;
    this.#change(narrowed({ range, compare, filters }, [event.detail]));
  };

  #filters({ range, compare, filters }: ExploreState): TemplateResult {
    const { server, sessionUrl, fetchClientSecret, session, locale, timeZone, theme } = this;
    return html`<salespulse-filters .server=${server} .sessionUrl=${sessionUrl} .fetchClientSecret=${fetchClientSecret}
      .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
      .range=${range} .compare=${compare} .filters=${filters} @salespulse-selection=${this.#selected}></salespulse-filters>`;
  }

  #chart({ chart, range, compare, filters }: ExploreState): TemplateResult {
    const { server, sessionUrl, fetchClientSecret, session, locale, timeZone, theme } = this;
    return html`<salespulse-chart .server=${server} .sessionUrl=${sessionUrl} .fetchClientSecret=${fetchClientSecret}
      .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
      .metrics=${chart.metrics} .by=${chart.by ?? undefined} .isOverTime=${chart.isOverTime} .grain=${chart.grain ?? undefined}
      .type=${chart.type} .stacking=${chart.stacking} .limit=${chart.limit} .withOthers=${chart.withOthers}
      .transform=${chart.transform} .window=${chart.window} .range=${range} .compare=${compare} .filters=${filters}
      @salespulse-filter=${this.#filtered}></salespulse-chart>`;
  }

  protected override render(): TemplateResult {
    const { state } = this.#choices;
    if (!state.data && state.error) return errorPanel(this, state.error, () => void this.#choices.refresh());
    if (!state.data || this.#isOpening)
      return html`<div class="state" aria-busy="true"><p role="status">${this.t('loading')}</p></div>`;
    const choices = state.data;
    const { chart, range, filters } = this.#state;
    const days = parseRange(range, this.config.timeZone);
    const change = (part: Partial<ChartSpec>) => this.#change({ chart: { ...chart, ...part } });
    return html`${this.#filters(this.#state)}
      <div class="explore">
        <details class="controls" part="controls" ?open=${this.#isWide}>
          <summary>${this.t('controls')}</summary>
          ${controlsView(this, { question: { chart, catalogue: choices.metrics }, choices, filters, days, change })}
        </details>
        <div class="result" part="result">
          ${this.#chart(this.#state)} ${this.#notebook.actions(choices.mayShare)} ${this.#notebook.list(choices.mayShare)}
        </div>
      </div>`;
  }
}
