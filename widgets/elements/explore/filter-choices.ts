import { html, nothing, type TemplateResult } from 'lit';
import type { KeptFilters } from '../../../backend/contracts/dashboards.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { parseRange, rangePresets } from '../../base/range.ts';
import { hasSplit, type Metric } from './combinations.ts';
import { select } from './controls.ts';
import { readRange } from './explore-state.ts';
import type { Choices } from './source.ts';

type FilterKey = keyof KeptFilters;

interface Filter {
  name: FilterKey;
  label: string;
  options: readonly { value: string; label: string }[];
}

export interface FilterControls {
  choices: Choices;
  metrics: readonly Metric[];
  range: string;
  filters: KeptFilters;
  change(change: { range?: string; filters?: KeptFilters }): void;
}

/** The filters there are, with the values that they can take. */
export function filtersOffered(element: SalesPulseElement, { values }: Choices): Filter[] {
  const texts = (list: readonly string[]) => list.map((value) => ({ value, label: value || element.t('notSet') }));
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const own = (
    name: 'category' | 'product' | 'region' | 'team' | 'owner' | 'source' | 'segment',
    options: Filter['options'],
  ) => ({
    name,
    label: element.t(`split.${name}`),
    options,
  });
  return [
    own('category', texts(values.category)),
    own('product', named(values.product)),
    own('region', texts(values.region)),
    own('team', named(values.team)),
    own('owner', named(values.owner)),
    own('source', texts(values.source)),
    own('segment', texts(values.segment)),
    ...values.custom.map(({ id, label, values: list }) => ({ name: id, label, options: named(list) })),
  ].filter(({ options }) => options.length > 0);
}

/** The filters with the values of one changed; none left: the filter goes. */
export function withValues(filters: KeptFilters, name: FilterKey, values: readonly string[]): KeptFilters {
  const { [name]: _before, ...others } = filters;
  return values.length > 0 ? { ...others, [name]: [...values] } : others;
}

function rangeChoice(element: SalesPulseElement, { range, change }: FilterControls): TemplateResult {
  const isCustom = range.includes('/');
  const days = parseRange(range, element.config.timeZone);
  const options = [...rangePresets, 'custom' as const].map((value) => ({
    value,
    label: element.t(`range.${value}`),
    why: null,
  }));
  const daysChanged = (event: Event) => {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const next = readRange(`${data.get('from')}/${data.get('to')}`);
    const last = (event.currentTarget as HTMLFormElement).elements.namedItem('to') as HTMLInputElement;
    last.setCustomValidity(next === null ? element.t('range.wrong') : '');
    if (last.reportValidity() && next !== null) change({ range: next });
  };
  return html`${select(element, element.t('range'), {
    value: isCustom ? 'custom' : (rangePresets.find((preset) => preset === range) ?? 'custom'),
    options,
    pick: (value) => change({ range: value === 'custom' ? `${days.from}/${days.to}` : value }),
  })}
  ${
    isCustom
      ? html`<form class="days" @change=${daysChanged} @submit=${(event: Event) => event.preventDefault()}>
          <label class="field"><span>${element.t('from')}</span><input type="date" name="from" required .value=${days.from} /></label>
          <label class="field"><span>${element.t('to')}</span><input type="date" name="to" required .value=${days.to} /></label>
        </form>`
      : nothing
  }`;
}

/** The period, and a list of values for each filter. */
export function filterChoices(element: SalesPulseElement, controls: FilterControls): TemplateResult {
  const { choices, metrics, filters, change } = controls;
  return html`${rangeChoice(element, controls)}
    ${filtersOffered(element, choices).map(({ name, label, options }) => {
      const values = filters[name] ?? [];
      const isPossible = metrics.every((metric) => hasSplit(metric, name));
      const toggle = (value: string) =>
        change({
          filters: withValues(
            filters,
            name,
            values.includes(value) ? values.filter((one) => one !== value) : [...values, value],
          ),
        });
      return html`<details class="filter">
        <summary>${label}${values.length > 0 ? html` <b>${element.format.number(values.length)}</b>` : nothing}</summary>
        ${isPossible ? nothing : html`<small id=${`why-${name}`}>${element.t('why.noFilterHere')}</small>`}
        <div class="checks" role="group" aria-label=${label}>
          ${options.map(
            (option) => html`<label class="check"><input type="checkbox" .checked=${values.includes(option.value)}
              ?disabled=${!isPossible && !values.includes(option.value)} aria-describedby=${isPossible ? nothing : `why-${name}`}
              @change=${() => toggle(option.value)} /> ${option.label}</label>`,
          )}
        </div>
      </details>`;
    })}`;
}

/** What is filtered by, as chips that are taken away one by one. `named`: names of values that no list has. */
export function filterChips(
  element: SalesPulseElement,
  { choices, filters, change }: FilterControls,
  named: ReadonlyMap<string, string>,
): TemplateResult | typeof nothing {
  const offered = filtersOffered(element, choices);
  const chips = Object.entries(filters).flatMap(([key, values]) => {
    const name = key as FilterKey;
    const filter = offered.find((one) => one.name === name);
    return (values ?? []).map((value) => {
      const text =
        filter?.options.find((one) => one.value === value)?.label ?? named.get(value) ?? (value || element.t('notSet'));
      const label = filter?.label ?? element.t(`split.${name}`);
      const remove = () =>
        change({
          filters: withValues(
            filters,
            name,
            (values ?? []).filter((one) => one !== value),
          ),
        });
      return html`<button type="button" class="chip" @click=${remove}>
        <span class="visually-hidden">${element.t('filter.remove')}</span> ${label}: ${text} <span aria-hidden="true">×</span>
      </button>`;
    });
  });
  if (chips.length === 0) return nothing;
  return html`<div class="chips" role="group" aria-label=${element.t('filters')}>${chips}
    <button type="button" class="link" @click=${() => change({ filters: {} })}>${element.t('filter.clear')}</button></div>`;
}
