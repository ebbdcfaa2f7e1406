import type { FilterOptions, MetricsResponse } from '../../../backend/contracts/analytics.ts';
import type {
  Dashboard,
  Exploration,
  ExplorationCreate,
  ExplorationUpdate,
} from '../../../backend/contracts/dashboards.ts';
import type { Session } from '../../base/session.ts';
import { metricIds } from '../../elements/explore/explore-state.ts';
import { members, samples } from './analytics.ts';
import { type DemoState, sampleSession } from './session.ts';

const updatedAt = '2026-11-22T14:05:00Z';
const idOf = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
const named = (names: readonly string[]) => names.map((name, index) => ({ id: idOf(100 + index), name }));
const flows = ['revenue', 'salesVolume', 'units', 'grossProfit'];
const stands = ['pipelineValue', 'weightedPipeline'];

const catalogue: MetricsResponse = {
  items: metricIds.map((id) => ({
    id,
    label: id,
    unit: samples[id].unit,
    currency: null,
    betterWhen: samples[id].lowerIsBetter ? 'lower' : 'higher',
    definition: '',
    formula: '',
    caveat: null,
    isAdditive: flows.includes(id) || stands.includes(id),
    addsUpOverTime: flows.includes(id),
    dimensions:
      id === 'acquisitionCost'
        ? ['region', 'team', 'source']
        : ['product', 'category', 'region', 'team', 'owner', 'source', 'segment'],
    customOf: id === 'acquisitionCost' ? [] : ['lead', 'opportunity', 'account'],
    records: 'sale',
  })),
};

const values: FilterOptions = {
  category: members.category,
  region: members.region,
  source: members.source,
  segment: members.segment,
  team: named(members.team),
  owner: named(members.owner),
  product: named(members.product),
  custom: [
    {
      id: 'custom.lead.industry',
      label: 'Industry',
      type: 'choice',
      values: [
        { id: 'Retail', name: 'Retail' },
        { id: 'Energy', name: 'Energy' },
      ],
    },
  ],
  firstDay: '2023-11-01',
  lastDay: '2026-11-22',
};

const saved = (index: number, one: ExplorationCreate): Exploration => ({
  ...one,
  id: idOf(index),
  owner: { id: idOf(1), name: 'Mara Manager' },
  isMine: true,
  canEdit: true,
  updatedAt,
  version: 1,
});

const json = (body: unknown, status = 200) =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

/** A session without a server that keeps saved questions and one dashboard, in the state a demo wants to show. */
export function exploreSession(state: DemoState): Session {
  const other = sampleSession(state);
  let list: Exploration[] = [];
  let dashboard = {
    id: idOf(50),
    name: 'Board meeting',
    canEdit: true,
    panels: [],
    version: 1,
  } as unknown as Dashboard;

  function explorations(method: string, id: string | undefined, body: unknown): Response {
    if (method === 'POST') {
      const one = saved(10 + list.length, body as ExplorationCreate);
      list = [...list, one];
      return json(one, 201);
    }
    const found = list.find((one) => one.id === id);
    if (!found) return json({ items: list, nextCursor: null });
    if (method === 'DELETE') {
      list = list.filter((one) => one !== found);
      return json(undefined, 204);
    }
    const changed = { ...found, ...(body as ExplorationUpdate), version: found.version + 1 } as Exploration;
    list = list.map((one) => (one === found ? changed : one));
    return json(changed);
  }

  function dashboards(method: string, id: string | undefined, body: unknown): Response {
    if (method === 'PATCH') dashboard = { ...dashboard, ...(body as object), version: dashboard.version + 1 };
    return json(id ? dashboard : { items: [dashboard], nextCursor: null });
  }

  return {
    ...other,
    fetch(path, init) {
      if (state !== 'ready') return other.fetch(path, init);
      const { pathname } = new URL(path, 'https://demo.invalid/');
      const [, noun, id] = pathname.split('/');
      const method = init?.method ?? 'GET';
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      if (pathname === '/analytics/metrics') return Promise.resolve(json(catalogue));
      if (pathname === '/analytics/filters') return Promise.resolve(json(values));
      if (noun === 'me') return Promise.resolve(json({ permissions: { 'view.share': 'all' } }));
      if (noun === 'explorations') return Promise.resolve(explorations(method, id, body));
      if (noun === 'dashboards') return Promise.resolve(dashboards(method, id, body));
      return other.fetch(path, init);
    },
  };
}
