import { html, nothing, type PropertyValues } from 'lit';
import type { FilterOptions } from '../../../backend/contracts/analytics.ts';
import type { Pipeline, PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { parseRange } from '../../base/range.ts';
import { pipelineViews } from '../../elements/pipeline/report.ts';
import type { RangeChangeEvent } from '../dashboard/range-filter.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { type Filter, type FilterBar, filterChips, filterMenus } from '../parts/filter-bar.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { knownValues, namedOptions, pipelinesOf, textOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { defaultReportRange, type ReportQuestion, reportFilters, reportQuestionOf, splits } from './report-question.ts';

interface Choices {
  pipelines: readonly Pipeline[];
  values: FilterOptions;
}

/** Reports of a pipeline, with period, split and filters kept in the address. */
export class ConsolePipelinePage extends ConsolePage {
  readonly #choices = new Loader<Choices>(this);

  get heading(): string {
    return t('nav.pipeline');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#choices.load(async () => {
      const [deals, leads, values] = await Promise.all([
        pipelinesOf(this.app, 'opportunity'),
        pipelinesOf(this.app, 'lead'),
        knownValues(this.app),
      ]);
      return { pipelines: [...deals, ...leads], values };
    });

  protected override render() {
    const question = reportQuestionOf(this.match.query);
    const bar: FilterBar = {
      app: this.app,
      query: this.match.query,
      filters: this.#filters(),
      change: (changes) => this.setQuery(changes),
    };
    const { state } = this.#choices;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1>
        <div class="tabs" role="group" aria-label=${t('pipeline.reports')}>
          ${pipelineViews.map(
            (view) =>
              html`<button type="button" aria-pressed=${String(view === question.view)} @click=${() => this.setQuery({ view })}>${t(`pipeline.view.${view}`)}</button>`,
          )}
        </div>
      </header>
      <div class="toolbar" role="search" aria-label=${t('dashboard.filters')}>
        ${this.#pipelineChoice(question)} ${this.#periodChoice(question)} ${this.#ownChoices(question)} ${filterMenus(bar)}
      </div>
      ${filterChips(bar)}
      ${state.kind === 'error' ? banner('warning', html`<p>${t('pipeline.noPipelines', { reason: problemText(state.error) })}</p><button type="button" class="button" @click=${this.#load}>${t('state.retry')}</button>`) : nothing}
      ${this.#report(question)}
    </div>`;
  }

  #report({ view, pipeline, range, by, basis, isClosing, goal }: ReportQuestion) {
    const { query } = this.match;
    const of = (name: string) => query.getAll(name);
    const days = parseRange(range, this.app.me.timeZone);
    const closes = isClosing && this.#entityOf(pipeline) === 'opportunity' ? `${days.from}/${days.to}` : undefined;
    return html`<salespulse-pipeline .view=${view} .pipeline=${pipeline ?? undefined} .range=${range} .by=${by ?? undefined}
      .basis=${basis} .goal=${goal ?? undefined} .closes=${closes} .owner=${of('owner')} .team=${of('team')} .source=${of('source')}
      .segment=${of('segment')} .region=${of('region')} .category=${of('category')}
      .timeZone=${this.app.me.timeZone} .locale=${this.app.format.locale}
      @salespulse-record-open=${this.#opened}></salespulse-pipeline>`;
  }

  #entityOf(pipeline: string | null): PipelineEntity {
    return this.#choices.data?.pipelines.find(({ id }) => id === pipeline)?.entity ?? 'opportunity';
  }

  #select(label: string, value: string, options: readonly (readonly [string, string])[], name: string) {
    return html`<label class="sort-field"><span>${label}</span>
      <select @change=${(event: Event) => this.setQuery({ [name]: (event.target as HTMLSelectElement).value })}>
        ${options.map(([key, text]) => html`<option value=${key} .selected=${key === value}>${text}</option>`)}
      </select></label>`;
  }

  #pipelineChoice({ pipeline }: ReportQuestion) {
    const pipelines = this.#choices.data?.pipelines ?? [];
    // The default pipeline of opportunities is what no choice means.
    const keyOf = (one: Pipeline) => (one.entity === 'opportunity' && one.isDefault ? '' : one.id);
    const options = pipelines.map(
      (one) => [keyOf(one), t(`pipeline.which.${one.entity}`, { name: one.name })] as const,
    );
    return this.#select(t('pipeline.which'), pipeline ?? '', options, 'pipeline');
  }

  #periodChoice({ view, range }: ReportQuestion) {
    return view === 'ageing'
      ? nothing
      : html`<salespulse-console-range-filter .app=${this.app} .range=${range} @salespulse-console-range=${this.#rangeChosen}></salespulse-console-range-filter>`;
  }

  /** What only one of the reports asks. */
  #ownChoices({ view, by, basis, isClosing, goal, pipeline }: ReportQuestion) {
    const split = this.#select(
      t('pipeline.by'),
      by ?? '',
      ['', ...splits].map((name) => [name, t(`pipeline.by.${name || 'none'}`)] as const),
      'by',
    );
    switch (view) {
      case 'funnel':
      case 'velocity':
        return split;
      case 'ageing':
        return this.#select(
          t('pipeline.basis'),
          basis,
          (['stage', 'record'] as const).map((name) => [name, t(`pipeline.basis.${name}`)] as const),
          'basis',
        );
      case 'changes':
        if (this.#entityOf(pipeline) === 'lead') return nothing;
        return this.#select(
          t('pipeline.closes'),
          isClosing ? 'period' : '',
          [
            ['', t('pipeline.closes.all')],
            ['period', t('pipeline.closes.period')],
          ],
          'closes',
        );
      case 'health':
        return html`${split}${
          this.#entityOf(pipeline) === 'lead'
            ? nothing
            : html`<label class="sort-field"><span>${t('pipeline.goal')}</span>
                <input type="text" inputmode="decimal" pattern="\\d{1,14}([.]\\d{1,4})?" size="12" .value=${goal ?? ''} placeholder=${t('pipeline.goal.hint')} @change=${this.#goalChanged} /></label>`
        }`;
      default:
        return view satisfies never;
    }
  }

  #filters(): Filter[] {
    const options = this.#choices.data?.values;
    return reportFilters.map((name) => ({
      name,
      label: name === 'owner' ? t('pipeline.owner') : t(`dashboard.${name}`),
      options: !options
        ? []
        : name === 'team' || name === 'owner'
          ? namedOptions(options[name])
          : textOptions(options[name], t('filter.notSet')),
    }));
  }

  readonly #goalChanged = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.reportValidity()) this.setQuery({ goal: input.value || null });
  };

  readonly #rangeChosen = ({ range }: RangeChangeEvent): void =>
    this.setQuery({ range: range === defaultReportRange ? null : range });

  readonly #opened = ({ detail }: CustomEvent<{ entity: PipelineEntity; id: string }>): void =>
    this.app.navigate(recordHref(detail.entity, detail.id));
}
