import { html, nothing, type TemplateResult } from 'lit';
import type { Split } from '../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import type { DayRange } from '../../base/range.ts';
import { type ChartFilters, chartTypes, stackings } from '../chart/chart-types.ts';
import {
  type Question,
  type Reason,
  whyNotGrain,
  whyNotMetric,
  whyNotOverTime,
  whyNotSplit,
  whyNotStacking,
  whyNotTransform,
  whyNotType,
} from './combinations.ts';
import { grainNames, splitNames, transformNames } from './explore-state.ts';
import type { Choices } from './source.ts';

interface Option<T> {
  value: T;
  label: string;
  why: Reason;
}

export interface Controls {
  question: Question;
  choices: Choices;
  filters: ChartFilters;
  days: DayRange;
  change(change: Partial<ChartSpec>): void;
}

/** A choice of one; what can't be chosen stays in the list and says why. */
function select<T extends string>(
  element: SalesPulseElement,
  label: string,
  { value, options, pick }: { value: T; options: readonly Option<T>[]; pick: (value: T) => void },
): TemplateResult {
  return html`<label class="field"><span>${label}</span>
    <select @change=${(event: Event) => pick((event.target as HTMLSelectElement).value as T)}>
      ${options.map(
        (
          one,
        ) => html`<option value=${one.value} .selected=${one.value === value} ?disabled=${one.why !== null && one.value !== value}>
          ${one.why === null ? one.label : `${one.label} – ${element.t(one.why)}`}
        </option>`,
      )}
    </select>
  </label>`;
}

function check(
  element: SalesPulseElement,
  { id, label, isOn, why }: { id: string; label: string; isOn: boolean; why: Reason },
  toggle: () => void,
): TemplateResult {
  return html`<div class="check">
    <label><input type="checkbox" name=${id} .checked=${isOn} ?disabled=${why !== null}
      aria-describedby=${why === null ? nothing : `why-${id}`} @change=${toggle} /> ${label}</label>
    ${why === null ? nothing : html`<small id=${`why-${id}`}>${element.t(why)}</small>`}
  </div>`;
}

function nameOf(element: SalesPulseElement, { id, label }: Choices['metrics'][number]): string {
  const name = element.t(`metric.${id}`);
  return name.startsWith('metric.') ? label : name;
}

function metricChoice(element: SalesPulseElement, { question, choices, filters, change }: Controls): TemplateResult {
  const { metrics, isOverTime } = question.chart;
  const one = (metric: Choices['metrics'][number]) => {
    const isOn = metrics.includes(metric.id);
    return check(
      element,
      { id: metric.id, label: nameOf(element, metric), isOn, why: whyNotMetric(question, metric, filters) },
      () => change({ metrics: isOn ? metrics.filter((id) => id !== metric.id) : [...metrics, metric.id] }),
    );
  };
  // Split over time it is one measure, which another takes the place of.
  const alone = { ...question, chart: { ...question.chart, isOverTime: false, metrics: [] } };
  const single = () =>
    select(element, element.t('metrics'), {
      value: metrics[0] ?? '',
      options: choices.metrics.map((metric) => ({
        value: metric.id as string,
        label: nameOf(element, metric),
        why: whyNotMetric(alone, metric, filters),
      })),
      pick: (id) =>
        change({ metrics: choices.metrics.filter((metric) => metric.id === id).map((metric) => metric.id) }),
    });
  if (isOverTime) return single();
  return html`<fieldset class="field">
    <legend>${element.t('metrics')}</legend>
    <div class="checks">${choices.metrics.map(one)}</div>
  </fieldset>`;
}

function splitChoice(element: SalesPulseElement, { question, choices, change }: Controls): TemplateResult {
  const own = splitNames.map((name) => ({
    value: name as string,
    label: element.t(`split.${name}`),
    why: whyNotSplit(question, name),
  }));
  const custom = choices.values.custom.map(({ id, label }) => ({
    value: id as string,
    label,
    why: whyNotSplit(question, id),
  }));
  const options = [{ value: '', label: element.t('split.none'), why: null }, ...own, ...custom];
  const { by, isOverTime } = question.chart;
  return html`${select(element, element.t('split'), {
    value: by ?? '',
    options,
    pick: (value) => change({ by: (value || null) as Split | null, ...(value === '' && { isOverTime: false }) }),
  })}
  ${check(element, { id: 'time', label: element.t('overTime'), isOn: isOverTime, why: whyNotOverTime(question) }, () =>
    change({ isOverTime: !isOverTime }),
  )}`;
}

/** A whole number within bounds; anything else is not taken. */
function numberField(
  label: string,
  { value, min, max, set }: { value: number; min: number; max: number; set: (value: number) => void },
): TemplateResult {
  const changed = (event: Event) => {
    const input = event.target as HTMLInputElement;
    if (input.reportValidity()) set(input.valueAsNumber);
  };
  return html`<label class="field"><span>${label}</span>
    <input type="number" min=${min} max=${max} step="1" required .value=${String(value)} @change=${changed} /></label>`;
}

function limitChoice(element: SalesPulseElement, { question, change }: Controls): TemplateResult | typeof nothing {
  const { by, limit, withOthers, type } = question.chart;
  if (by === null || type === 'scatter') return nothing;
  return html`${numberField(element.t('limit'), { value: limit, min: 1, max: 50, set: (value) => change({ limit: value }) })}
  ${check(element, { id: 'others', label: element.t('others'), isOn: withOthers, why: null }, () => change({ withOthers: !withOthers }))}`;
}

/** What is measured, how it is split, drawn and worked on. */
export function controlsView(element: SalesPulseElement, controls: Controls): TemplateResult {
  const { question, days, change } = controls;
  const { chart } = question;
  const t = (key: string) => element.t(key);
  const options = <T extends string>(names: readonly T[], prefix: string, why: (name: T) => Reason): Option<T>[] =>
    names.map((value) => ({ value, label: t(`${prefix}.${value}`), why: why(value) }));
  const grains: Option<string>[] = [
    { value: '', label: t('grain.auto'), why: null },
    ...options(grainNames, 'grain', (grain) => whyNotGrain(question, grain, days)),
  ];
  return html`${metricChoice(element, controls)} ${splitChoice(element, controls)}
    ${select(element, t('type'), {
      value: chart.type,
      options: options(chartTypes, 'type', (type) => whyNotType(question, type)),
      pick: (type) => change({ type }),
    })}
    ${select(element, t('stacking'), {
      value: chart.stacking,
      options: options(stackings, 'stacking', (stacking) => whyNotStacking(question, stacking)),
      pick: (stacking) => change({ stacking }),
    })}
    ${limitChoice(element, controls)}
    ${select(element, t('grain'), {
      value: chart.grain ?? '',
      options: grains,
      pick: (grain) => change({ grain: grainNames.find((name) => name === grain) ?? null }),
    })}
    ${select(element, t('transform'), {
      value: chart.transform,
      options: options(transformNames, 'transform', (transform) => whyNotTransform(question, transform)),
      pick: (transform) => change({ transform }),
    })}
    ${
      chart.transform === 'movingAverage'
        ? numberField(t('window'), { value: chart.window, min: 2, max: 24, set: (window) => change({ window }) })
        : nothing
    }`;
}
