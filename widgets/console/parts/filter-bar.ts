import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../app.ts';
import { t } from '../text.ts';
import type { Option } from './fields.ts';
import type { FilterChangeEvent } from './filter-menu.ts';
import { icon } from './icons.ts';

/** A filter of the address: `name` is its query parameter, repeated for "any of". */
export interface Filter {
  name: string;
  label: string;
  options: readonly Option[];
  /** The API takes one value: another choice takes the place of the one before. */
  isSingle?: boolean;
  /** Comes with a link from elsewhere: shown as a chip, without a menu. */
  isFixed?: boolean;
}

export interface FilterBar {
  app: App;
  query: URLSearchParams;
  filters: readonly Filter[];
  change: (changes: Record<string, readonly string[]>) => void;
}

/** The menus of the filters; one that is on or off is a button. */
export function filterMenus({ app, query, filters, change }: FilterBar): TemplateResult[] {
  const offered = filters.filter(({ isFixed }) => !isFixed);
  return offered.map(({ name, label, options, isSingle }) => {
    const [only, ...others] = options;
    const values = query.getAll(name);
    if (isSingle && only && others.length === 0) {
      const isOn = values.includes(only.value);
      return html`<button type="button" class="filter-button ${isOn ? 'is-active' : ''}" aria-pressed=${String(isOn)}
        @click=${() => change({ [name]: isOn ? [] : [only.value] })}>${label}</button>`;
    }
    return html`<salespulse-console-filter-menu .app=${app} .label=${label} .options=${options} .values=${values}
      @salespulse-console-filter=${(event: FilterChangeEvent) => change({ [name]: isSingle ? event.values.slice(-1) : event.values })}
    ></salespulse-console-filter-menu>`;
  });
}

/** What is chosen, as chips that can be taken away one by one or all at once. */
export function filterChips({ query, filters, change }: FilterBar): TemplateResult | typeof nothing {
  const chosen = filters.flatMap(({ name, label, options }) =>
    query.getAll(name).map((value) => ({
      name,
      value,
      label,
      text: options.find((option) => option.value === value)?.label ?? value,
    })),
  );
  if (chosen.length === 0) return nothing;
  const clear = Object.fromEntries(filters.map(({ name }) => [name, []]));
  return html`<div class="chips" role="group" aria-label=${t('filter.active')}>
    ${chosen.map(
      ({ name, value, label, text }) => html`<button type="button" class="chip"
        @click=${() => change({ [name]: query.getAll(name).filter((one) => one !== value) })}>
        <span class="visually-hidden">${t('filter.remove')}</span> <span class="chip-label">${label}:</span> ${text}${icon('close')}
      </button>`,
    )}
    <button type="button" class="link-button" @click=${() => change(clear)}>${t('filter.clear')}</button>
  </div>`;
}
