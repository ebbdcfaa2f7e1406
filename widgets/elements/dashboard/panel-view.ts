import { html, type TemplateResult } from 'lit';
import type { Panel } from '../../../backend/contracts/dashboards.ts';
import type { Session } from '../../base/session-types.ts';
import type { Selection } from '../filters/selection.ts';

/** What all panels of a dashboard are shown with. */
export interface PanelSurroundings {
  selection: Selection;
  /** null: that of the page */
  session: Session | null;
  locale: string | undefined;
  timeZone: string | undefined;
  theme: string | undefined;
}

/** Code of elements that not every dashboard has. */
const fetched: Partial<Record<Panel['kind'], () => Promise<unknown>>> = {
  pipeline: () => import('../pipeline/define.ts'),
  tasks: () => import('../tasks/define.ts'),
};

/** Fetches the code that the panels need. */
export async function loadPanels(panels: readonly Panel[]): Promise<void> {
  await Promise.all([...new Set(panels.map(({ kind }) => kind))].map((kind) => fetched[kind]?.()));
}

/** What a panel shows, without its title. */
export function panelView(panel: Panel, around: PanelSurroundings): TemplateResult {
  const { range, compare, filters } = around.selection;
  const session = around.session ?? undefined;
  const { locale, timeZone, theme } = around;
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
        .range=${range} .filters=${filters}></salespulse-chart>`;
    }
    case 'pipeline': {
      // Reports of a pipeline know no custom fields.
      const known = Object.fromEntries(Object.entries(filters).filter(([name]) => !name.startsWith('custom.')));
      return html`<salespulse-pipeline .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
        .view=${panel.view} .range=${range} .filters=${known}></salespulse-pipeline>`;
    }
    case 'tasks':
      return html`<salespulse-tasks .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}></salespulse-tasks>`;
    default:
      return panel satisfies never;
  }
}
