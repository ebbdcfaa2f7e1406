import { rangePresets } from '../../base/range.ts';

/** What the dashboard was asked, as its address says it. */
export interface DashboardQuestion {
  /** A preset, or `YYYY-MM-DD/YYYY-MM-DD`. */
  range: string;
  compare: 'previous' | 'year' | 'none';
  filters: Readonly<Record<DashboardFilter, string[]>>;
}

export const dashboardFilters = ['category', 'region', 'team', 'source', 'segment'] as const;
export type DashboardFilter = (typeof dashboardFilters)[number];

export const defaultRange = 'last-12-months';
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address; what it can't mean falls back to the default, so that an old link still shows something. */
export function questionOf(query: URLSearchParams): DashboardQuestion {
  const compare = query.get('compare');
  return {
    range: rangeOf(query.get('range') ?? defaultRange),
    compare: compare === 'year' || compare === 'none' ? compare : 'previous',
    filters: {
      category: query.getAll('category'),
      region: query.getAll('region'),
      team: query.getAll('team'),
      source: query.getAll('source'),
      segment: query.getAll('segment'),
    },
  };
}

/** The range that a text of the address means, or what to fall back to. */
export function rangeOf(text: string, fallback = defaultRange): string {
  if (rangePresets.some((preset) => preset === text)) return text;
  const [from = '', to = ''] = text.split('/');
  const isRange = [from, to].every((day) => dayPattern.test(day) && !Number.isNaN(Date.parse(day))) && from <= to;
  return isRange ? `${from}/${to}` : fallback;
}
