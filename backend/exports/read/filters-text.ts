import { answerFilterOptions } from '../../analytics/index.ts';
import type { FilterOptions } from '../../contracts/analytics.ts';
import type { Texts } from '../texts.ts';
import { capitalised } from './names.ts';
import type { Reading } from './reading.ts';

/** Filters whose values are ids, which nobody reads. */
const named = (name: string): boolean => ['product', 'team', 'owner'].includes(name) || name.startsWith('custom.');

/** The filters of a selection as a person reads them; ids by the names that this person may see. */
export async function filtersText({ context, principal, selection, texts }: Reading): Promise<string> {
  const filters = Object.entries(selection.filters).filter(([, values]) => values?.length);
  if (filters.length === 0) return texts.none;
  const options = filters.some(([name]) => named(name)) ? await answerFilterOptions(context, principal) : null;
  return filters
    .map(([name, values]) => {
      const { label, names } = known(options, name, texts);
      return `${label}: ${(values ?? []).map((value) => nameOf(name, value, names, texts)).join(', ')}`;
    })
    .join('; ');
}

type Choices = readonly { id: string; name: string }[];

function known(options: FilterOptions | null, name: string, { filterNames }: Texts): { label: string; names: Choices } {
  const custom = options?.custom.find(({ id }) => id === name);
  if (custom) return { label: custom.label, names: custom.values };
  const label = filterNames[name] ?? capitalised(name);
  if (options && (name === 'product' || name === 'team' || name === 'owner')) return { label, names: options[name] };
  return { label, names: [] };
}

function nameOf(filter: string, value: string, names: Choices, { notSet, me }: Texts): string {
  if (value === '') return notSet;
  if (filter === 'owner' && value === 'me') return me;
  return names.find(({ id }) => id === value)?.name ?? value;
}
