import { isAllowed, type Principal } from '../access/index.ts';
import { isOpenDimension, metricName, seesMetric, seesSplit } from '../analytics/index.ts';
import type { Split } from '../contracts/analytics.ts';
import type { ChartSpec } from '../contracts/chart-spec.ts';
import type { DashboardSelection, KeptFilters, Panel } from '../contracts/dashboards.ts';
import type { SqlRunner } from '../db/index.ts';
import { forbidden, invalid } from '../http/index.ts';

/** The part of a chart that a person sees; null where nothing is left, or what is left can't be drawn. */
export function shownChart(principal: Principal, chart: ChartSpec): ChartSpec | null {
  if (chart.by !== null && !seesSplit(principal, chart.by)) return null;
  const metrics = chart.metrics.filter((metric) => seesMetric(principal, metric));
  if (metrics.length === chart.metrics.length) return chart;
  // Points need both their measures.
  return metrics.length === 0 || chart.type === 'scatter' ? null : { ...chart, metrics };
}

/** The title of all of a panel says nothing right of a part of it: that gets the one made of what it shows. */
function shownPanel(principal: Principal, panel: Panel): Panel | null {
  switch (panel.kind) {
    case 'kpis': {
      const metrics = panel.metrics.filter((metric) => seesMetric(principal, metric));
      if (metrics.length === panel.metrics.length) return panel;
      return metrics.length === 0 ? null : { ...panel, title: null, metrics };
    }
    case 'chart': {
      const chart = shownChart(principal, panel.chart);
      if (chart === panel.chart) return panel;
      return chart && { ...panel, title: null, chart };
    }
    case 'tasks':
      return isAllowed(principal, 'task.read') ? panel : null;
    case 'pipeline':
      return panel;
    default:
      return panel satisfies never;
  }
}

/** Panels as a person sees them: without guarded metrics, and without panels that hold nothing else. */
export const shownPanels = (principal: Principal, panels: readonly Panel[]): Panel[] =>
  panels.flatMap((panel) => shownPanel(principal, panel) ?? []);

/** A selection as a person sees it: without filters by fields that are hidden from them. */
export function shownSelection(principal: Principal, selection: DashboardSelection): DashboardSelection {
  const kept = Object.entries(selection.filters).filter(([name]) => seesSplit(principal, name as Split));
  return { ...selection, filters: Object.fromEntries(kept) as KeptFilters };
}

/** What of a definition a person does not see, as a refusal names it: `see gross profit`. */
function* hiddenCharts(principal: Principal, { metrics, by }: Pick<ChartSpec, 'metrics' | 'by'>): Generator<string> {
  for (const metric of metrics) if (!seesMetric(principal, metric)) yield `see ${metricName(metric).toLowerCase()}`;
  if (by !== null && !seesSplit(principal, by)) yield 'see the field that a chart is split by';
}

function* hiddenPanels(principal: Principal, panels: readonly Panel[]): Generator<string> {
  for (const panel of panels) {
    if (panel.kind === 'kpis') yield* hiddenCharts(principal, { metrics: panel.metrics, by: null });
    if (panel.kind === 'chart') yield* hiddenCharts(principal, panel.chart);
    if (panel.kind === 'tasks' && !isAllowed(principal, 'task.read')) yield 'see tasks';
  }
}

/** What a dashboard or exploration is made of, in any part. */
interface Content {
  panels?: readonly Panel[] | undefined;
  chart?: ChartSpec | undefined;
  selection?: DashboardSelection | undefined;
}

/** What of the content this person does not see, in the words of a refusal; null when they see all of it. */
export function whatIsHidden(principal: Principal, { panels = [], chart, selection }: Content): string | null {
  for (const what of hiddenPanels(principal, panels)) return what;
  if (chart) for (const what of hiddenCharts(principal, chart)) return what;
  const isSeen = Object.keys(selection?.filters ?? {}).every((name) => seesSplit(principal, name as Split));
  return isSeen ? null : 'see a field that it filters by';
}

function* customFields({ panels = [], chart, selection }: Content): Generator<string> {
  const splits = [...panels.map((panel) => (panel.kind === 'chart' ? panel.chart.by : null)), chart?.by];
  for (const name of [...splits, ...Object.keys(selection?.filters ?? {})]) if (name?.startsWith('custom.')) yield name;
}

/**
 * Refuses custom fields that the content names anew and numbers can't be split or filtered by: those that are hidden from
 * its writer in the same words as those that are not there. @throws ProblemError invalid
 */
export async function assertFields(
  runner: SqlRunner,
  principal: Principal,
  content: Content,
  before: Content = {},
): Promise<void> {
  const known = new Set(customFields(before));
  for (const name of new Set(customFields(content))) {
    if (known.has(name) || (await isOpenDimension(runner, principal, name))) continue;
    const part = Object.hasOwn(content.selection?.filters ?? {}, name)
      ? '/selection'
      : content.chart
        ? '/chart'
        : '/panels';
    throw invalid(part, `names ${name}, which is no field that numbers can be split or filtered by`);
  }
}

/** Refuses what names figures or fields that its writer does not see. @throws ProblemError forbidden */
export function assertShown(principal: Principal, content: Content): void {
  const hidden = whatIsHidden(principal, content);
  if (hidden !== null) throw forbidden(hidden);
}
