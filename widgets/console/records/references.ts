import type { FilterOptions } from '../../../backend/contracts/analytics.ts';
import type { Named, Page } from '../../../backend/contracts/common.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { Pipeline, PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { type App, can } from '../app.ts';
import type { Option } from '../parts/fields.ts';

const answers = new WeakMap<App, Map<string, Promise<unknown>>>();

/** Asks once per signed-in person; a failure is forgotten, so that the next page asks again. */
function once<T>(app: App, key: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(app) ?? new Map<string, Promise<unknown>>();
  answers.set(app, known);
  let answer = known.get(key) as Promise<T> | undefined;
  if (!answer) {
    answer = ask();
    known.set(key, answer);
    answer.catch(() => known.delete(key));
  }
  return answer;
}

/** What was asked is asked again by the next page: the administrator changed it. */
export const forgetReferences = (app: App): void => void answers.delete(app);

const listOnce = <T>(app: App, path: string): Promise<readonly T[]> =>
  once(app, path, async () => (await app.api.get<Page<T>>(path)).items);

/** The pipelines of leads or of opportunities, the default one first. */
export async function pipelinesOf(app: App, entity: PipelineEntity): Promise<readonly Pipeline[]> {
  const all = await listOnce<Pipeline>(app, 'pipelines');
  return all.filter((one) => one.entity === entity).sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

/** People a record can be given to, as far as this person may see them. */
export const peopleOf = (app: App): Promise<readonly Named[]> => listOnce<Named>(app, 'people');

/** The values that filters and free-text fields know; nothing for who may not see analytics. */
export function knownValues(app: App): Promise<FilterOptions> {
  if (!can(app.me, 'analytics.read')) return Promise.resolve(noValues);
  return once(app, 'analytics/filters', () => app.api.get<FilterOptions>('analytics/filters'));
}

const noValues: FilterOptions = {
  category: [],
  region: [],
  source: [],
  segment: [],
  team: [],
  owner: [],
  product: [],
  custom: [],
  firstDay: null,
  lastDay: null,
};

/** The custom fields of a kind of record. */
export async function customFieldsOf(app: App, entity: CustomField['entity']): Promise<readonly CustomField[]> {
  const fields = await listOnce<CustomField>(app, `fields?entity=${entity}`);
  return fields.filter((field) => field.entity === entity);
}

/** What forms and lists of records need to know beforehand. */
export interface References {
  pipelines: readonly Pipeline[];
  people: readonly Named[];
  values: FilterOptions;
  custom: readonly CustomField[];
}

/** Loads all of it at once. */
export async function loadReferences(app: App, entity: CustomField['entity']): Promise<References> {
  const [pipelines, people, values, custom] = await Promise.all([
    entity === 'lead' || entity === 'opportunity' ? pipelinesOf(app, entity) : [],
    peopleOf(app),
    knownValues(app),
    customFieldsOf(app, entity),
  ]);
  return { pipelines, people, values, custom };
}

/** Names as options of a select or filter. */
export const namedOptions = (items: readonly Named[]): Option[] =>
  items.map(({ id, name }) => ({ value: id, label: name }));

/** Texts as options; the empty text means "not set". */
export const textOptions = (items: readonly string[], notSet: string): Option[] =>
  items.map((text) => ({ value: text, label: text === '' ? notSet : text }));

/** Finds accounts or contacts by name for a lookup. */
export const finder =
  (
    app: App,
    path: 'accounts' | 'contacts' | 'products' | 'opportunities',
    filter: Readonly<Record<string, string>> = {},
  ) =>
  async (q: string, signal: AbortSignal): Promise<readonly Named[]> => {
    const page = await app.api.get<Page<Named>>(path, { ...filter, q, limit: 20 }, { signal });
    return page.items.map(({ id, name }) => ({ id, name }));
  };
