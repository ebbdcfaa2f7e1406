import type { FilterOptions } from '../../../backend/contracts/analytics.ts';
import { type FilterName, filterNames } from '../../base/filters.ts';
import type { SelectionFilter } from './selection.ts';

export interface FilterOption {
  value: string;
  label: string;
}

/** A filter with the values it can take. */
export interface OfferedFilter {
  name: SelectionFilter;
  label: string;
  options: readonly FilterOption[];
}

const named = (list: readonly { id: string; name: string }[]): FilterOption[] =>
  list.map(({ id, name }) => ({ value: id, label: name }));

/** The filters that have something to choose from, in the reader's words (`t` writes a message). */
export function offeredFilters(choices: FilterOptions, t: (key: string) => string): OfferedFilter[] {
  const optionsOf = (name: FilterName): FilterOption[] => {
    switch (name) {
      case 'owner':
        return choices.owner.length > 0 ? [{ value: 'me', label: t('me') }, ...named(choices.owner)] : [];
      case 'team':
      case 'product':
        return named(choices[name]);
      default:
        return choices[name].map((value) => ({ value, label: value || t('notSet') }));
    }
  };
  const own = filterNames.map((name) => ({ name, label: t(`filter.${name}`), options: optionsOf(name) }));
  const custom = choices.custom.map(({ id, label, values }) => ({ name: id, label, options: named(values) }));
  return [...own, ...custom].filter(({ options }) => options.length > 0);
}

/** The options whose label holds the text, whatever its case. */
export function found(options: readonly FilterOption[], text: string): readonly FilterOption[] {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted === '' ? options : options.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
}
