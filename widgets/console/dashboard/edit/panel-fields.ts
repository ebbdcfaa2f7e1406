import type { MetricId, MetricsResponse } from '../../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../../backend/contracts/chart-spec.ts';
import type { Panel } from '../../../../backend/contracts/dashboards.ts';
import { analyticsMessages } from '../../../base/analytics-messages.ts';
import { filterNames } from '../../../base/filters.ts';
import { pipelineViews } from '../../../elements/pipeline/report.ts';
import type { Field, FormValues, Option } from '../../parts/fields.ts';
import { t } from '../../text.ts';

export const panelKinds = ['kpis', 'chart', 'pipeline', 'tasks'] as const;

/** What a panel can be made of: the figures that the person may see, and what they can be compared by. */
export interface PanelChoices {
  metrics: MetricsResponse['items'];
  /** the administrator's fields: parameter and label */
  custom: readonly { id: string; label: string }[];
}

const optionsOf = (prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

const select = (name: string, label: string, options: readonly Option[], more: Partial<Field> = {}): Field => ({
  name,
  label: t(`dashboard.panel.${label}`),
  kind: 'select',
  options,
  ...more,
});

function metricsField({ metrics }: PanelChoices): Field {
  const label = (one: { id: MetricId; label: string }) => analyticsMessages.en[`metric.${one.id}`] ?? one.label;
  return {
    name: 'metrics',
    label: t('dashboard.panel.metrics'),
    kind: 'checks',
    required: true,
    options: metrics.map((one) => ({ value: one.id, label: label(one) })),
    isWide: true,
  };
}

function chartFields(choices: PanelChoices): Field[] {
  const splits = [
    ...filterNames.map((name) => ({ value: name as string, label: t(`dashboard.${name}`) })),
    ...choices.custom.map(({ id, label }) => ({ value: id, label })),
  ];
  const number = (name: string, min: number, max: number): Field => ({
    name,
    label: t(`dashboard.panel.${name}`),
    kind: 'number',
    required: true,
    min,
    max,
  });
  const check = (name: string): Field => ({ name, label: t(`dashboard.panel.${name}`), kind: 'checkbox' });
  return [
    metricsField(choices),
    select('type', 'type', optionsOf('chart.type', ['bar', 'line', 'area', 'pie', 'doughnut', 'scatter', 'table'])),
    select('by', 'by', splits, { emptyLabel: t('dashboard.panel.by.none') }),
    select('grain', 'grain', optionsOf('chart.grain', ['day', 'week', 'month', 'quarter', 'year']), {
      emptyLabel: t('dashboard.panel.grain.none'),
    }),
    select('stacking', 'stacking', optionsOf('chart.stacking', ['none', 'stacked', 'percent'])),
    select('transform', 'transform', optionsOf('chart.transform', ['none', 'runningTotal', 'share', 'movingAverage'])),
    number('window', 2, 24),
    number('limit', 1, 50),
    check('isOverTime'),
    check('withOthers'),
  ];
}

/** The inputs of a panel of this kind. */
export function panelFields(kind: Panel['kind'], choices: PanelChoices): Field[] {
  const title: Field = {
    name: 'title',
    label: t('dashboard.panel.title'),
    kind: 'text',
    maxLength: 100,
    help: t('dashboard.panel.title.help'),
    isWide: true,
  };
  switch (kind) {
    case 'kpis':
      return [title, metricsField(choices)];
    case 'chart':
      return [title, ...chartFields(choices)];
    case 'pipeline':
      return [title, select('view', 'view', optionsOf('chart.view', pipelineViews))];
    case 'tasks':
      return [title];
    default:
      return kind satisfies never;
  }
}

/** What the inputs start with. */
export function panelValues(panel: Panel | null): FormValues {
  const chart: FormValues = {
    type: 'bar',
    stacking: 'none',
    transform: 'none',
    window: 3,
    limit: 12,
    withOthers: true,
  };
  if (panel === null) return { ...chart, metrics: ['revenue'], view: 'funnel' };
  switch (panel.kind) {
    case 'chart':
      return { ...chart, ...panel.chart, title: panel.title };
    default:
      return { ...chart, view: 'funnel', metrics: ['revenue'], ...panel };
  }
}

const widths = { kpis: 12, chart: 6, pipeline: 6, tasks: 4 } as const;

/** The panel that the filled-in form describes; size and place of the one it changes stay. */
export function panelFrom(kind: Panel['kind'], id: string, before: Panel | null, body: FormValues): Panel {
  const frame = {
    id,
    title: (body.title as string | null) ?? null,
    width: before?.width ?? widths[kind],
    height: before?.height ?? ('medium' as const),
  };
  switch (kind) {
    case 'kpis':
      return { ...frame, kind, metrics: body.metrics as MetricId[] };
    case 'chart': {
      const { title: _title, ...chart } = body;
      return { ...frame, kind, chart: chart as unknown as ChartSpec };
    }
    case 'pipeline':
      return { ...frame, kind, view: body.view as Extract<Panel, { kind: 'pipeline' }>['view'] };
    case 'tasks':
      return { ...frame, kind };
    default:
      return kind satisfies never;
  }
}
