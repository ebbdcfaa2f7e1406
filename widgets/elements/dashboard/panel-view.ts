import { html, type TemplateResult } from 'lit';
import type { Panel } from '../../../backend/contracts/dashboards.ts';
import type { Theme } from '../../base/config.ts';
import type { Session } from '../../base/session-types.ts';
import { isComparedAmongPanels } from '../chart/what-fits.ts';
import type { Selection } from '../filters/selection.ts';

/** What all panels of a dashboard are shown with. */
export interface PanelSurroundings {
  selection: Selection;
  session: Session;
  locale: string | undefined;
  timeZone: string | undefined;
  theme: Theme | undefined;
}

const code: Record<Panel['kind'], () => Promise<unknown>> = {
  kpis: () => import('../kpis/define.ts'),
  chart: () => import('../chart/define.ts'),
  pipeline: () => import('../pipeline/define.ts'),
  tasks: () => import('../tasks/define.ts'),
};

/** Begins to fetch what nearly every dashboard shows, while it isn't known yet what this one does. */
export function fetchAhead(): void {
  const usual = [
    code.kpis(),
    code.chart(),
    code.pipeline(),
    import('../chart/chart-view.ts'),
    import('../kpis/trend/trends.ts'),
  ];
  // Whoever needs one of them asks for it once more, and tells what failed.
  void Promise.allSettled(usual);
}

/** Fetches the code that the panels need. @throws TypeError where it can't be had */
export async function loadPanels(panels: readonly Panel[]): Promise<void> {
  await Promise.all([...new Set(panels.map(({ kind }) => kind))].map((kind) => code[kind]()));
}

/** What a panel shows, without its title. */
export function panelView(panel: Panel, around: PanelSurroundings): TemplateResult {
  const { selection, session, locale, timeZone, theme } = around;
  const { range, compare, filters } = selection;
  switch (panel.kind) {
    case 'kpis':
      return html`<salespulse-kpis .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
        .metrics=${panel.metrics} .range=${range} .compare=${compare} .filters=${filters}></salespulse-kpis>`;
    case 'chart': {
      const { chart } = panel;
      return html`<salespulse-chart .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
        .metrics=${chart.metrics} .by=${chart.by ?? undefined} .isOverTime=${chart.isOverTime} .grain=${chart.grain ?? undefined}
        .type=${chart.type} .stacking=${chart.stacking} .limit=${chart.limit} .withOthers=${chart.withOthers}
        .transform=${chart.transform} .window=${chart.window} .heading=${panel.title ?? undefined}
        .range=${range} .compare=${isComparedAmongPanels(chart) ? compare : 'none'} .filters=${filters}></salespulse-chart>`;
    }
    case 'pipeline':
      return html`<salespulse-pipeline .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
        .view=${panel.view} .range=${range} .filters=${filters}></salespulse-pipeline>`;
    case 'tasks':
      return html`<salespulse-tasks .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}></salespulse-tasks>`;
    default:
      return panel satisfies never;
  }
}
