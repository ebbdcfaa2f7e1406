import type { FilterOptions, MetricsResponse } from '../../../backend/contracts/analytics.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Page } from '../../../backend/contracts/common.ts';
import type {
  Dashboard,
  DashboardCreate,
  Exploration,
  ExplorationCreate,
} from '../../../backend/contracts/dashboards.ts';
import type { ApiClient } from '../../base/api.ts';
import type { Metric } from './combinations.ts';
import type { ExploreState } from './explore-state.ts';

/** What the page lets choose from. */
export interface Choices {
  metrics: readonly Metric[];
  values: FilterOptions;
  mayShare: boolean;
}

/** Asks for all that can be chosen. */
export async function loadChoices(api: ApiClient, signal: AbortSignal): Promise<Choices> {
  const [metrics, values, me] = await Promise.all([
    api.get<MetricsResponse>('analytics/metrics', {}, { signal }),
    api.get<FilterOptions>('analytics/filters', {}, { signal }),
    api.get<Me>('me', {}, { signal }),
  ]);
  return { metrics: metrics.items, values, mayShare: (me.permissions['view.share'] ?? 'none') !== 'none' };
}

const contentOf = ({
  chart,
  range,
  compare,
  filters,
}: ExploreState): Pick<ExplorationCreate, 'chart' | 'selection'> => ({
  chart,
  selection: { range, compare, filters } as ExplorationCreate['selection'],
});

/** Saved questions: one's own and those that others share. */
export const listSaved = async (api: ApiClient, signal: AbortSignal): Promise<readonly Exploration[]> =>
  (await api.get<Page<Exploration>>('explorations', {}, { signal })).items;

export const saveNew = (api: ApiClient, state: ExploreState, name: string, isShared: boolean): Promise<Exploration> =>
  api.send<Exploration>('POST', 'explorations', { name, isShared, ...contentOf(state) });

/** Changes a saved question: its name, who sees it, or with a state what it asks. */
export const changeSaved = (
  api: ApiClient,
  { id, version }: Exploration,
  change: { name?: string; isShared?: boolean; state?: ExploreState },
): Promise<Exploration> => {
  const { state, ...own } = change;
  const body = { ...own, ...(state && contentOf(state)) };
  return api.send<Exploration>('PATCH', `explorations/${id}`, body, { ifMatch: version });
};

export const removeSaved = (api: ApiClient, { id, version }: Exploration): Promise<void> =>
  api.send('DELETE', `explorations/${id}`, undefined, { ifMatch: version });

/** The dashboards that the asker may change. */
export const listEditable = async (api: ApiClient): Promise<readonly Dashboard[]> =>
  (await api.get<Page<Dashboard>>('dashboards')).items.filter(({ canEdit }) => canEdit);

/** A dashboard takes no more panels than this. */
export const MOST_PANELS = 24;

/** Appends a panel to the dashboard as it is now. */
export async function addPanel(
  api: ApiClient,
  id: string,
  { chart }: ExploreState,
  title: string | null,
): Promise<void> {
  const { panels, version } = await api.get<Dashboard>(`dashboards/${id}`);
  const taken = new Set(panels.map((panel) => panel.id));
  let number = panels.length + 1;
  while (taken.has(`chart-${number}`)) number += 1;
  const panel = { id: `chart-${number}`, kind: 'chart', title, width: 6, height: 'medium', chart } as const;
  const body: Pick<DashboardCreate, 'panels'> = { panels: [...panels, panel] };
  await api.send('PATCH', `dashboards/${id}`, body, { ifMatch: version });
}
