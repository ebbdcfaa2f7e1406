import type { Panel } from '../../../backend/contracts/dashboards.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import type { Selection } from '../filters/selection.ts';

/** The element that shows a kind of panel, and how its code comes. */
const kinds: Record<Panel['kind'], { tag: string; load: () => Promise<unknown> }> = {
  kpis: { tag: 'salespulse-kpis', load: () => import('../kpis/define.ts') },
  chart: { tag: 'salespulse-chart', load: () => import('../chart/define.ts') },
  pipeline: { tag: 'salespulse-pipeline', load: () => import('../pipeline/define.ts') },
  tasks: { tag: 'salespulse-tasks', load: () => import('../tasks/define.ts') },
};

/** What the element of a panel is told, as its properties. */
export function panelProperties(panel: Panel, { range, compare, filters }: Selection): Record<string, unknown> {
  switch (panel.kind) {
    case 'kpis':
      return { metrics: panel.metrics, range, compare, filters };
    case 'chart': {
      const { by, grain, ...chart } = panel.chart;
      return {
        ...chart,
        by: by ?? undefined,
        grain: grain ?? undefined,
        heading: panel.title ?? undefined,
        range,
        filters,
      };
    }
    case 'pipeline':
      return { view: panel.view, range, filters };
    case 'tasks':
      return {};
  }
}

/** What elements of a panel take from the one around them: where the data comes from and how values are written. */
export const connectionOf = (host: SalesPulseElement) => ({
  server: host.server,
  sessionUrl: host.sessionUrl,
  fetchClientSecret: host.fetchClientSecret,
  session: host.session,
  locale: host.locale,
  timeZone: host.timeZone,
  theme: host.theme,
});

/** The elements of panels. One stays for as long as its panel does: it keeps what it shows until it has better. */
export class PanelElements {
  readonly #host: SalesPulseElement;
  readonly #elements = new Map<string, HTMLElement>();
  readonly #loaded = new Set<Panel['kind']>();

  constructor(host: SalesPulseElement) {
    this.#host = host;
  }

  /** @throws TypeError where the code of the element could not be fetched */
  async load(panels: readonly Panel[]): Promise<void> {
    const wanted = new Set(panels.map(({ kind }) => kind));
    await Promise.all([...wanted].map((kind) => this.#load(kind)));
  }

  async #load(kind: Panel['kind']): Promise<void> {
    if (this.#loaded.has(kind)) return;
    await kinds[kind].load();
    this.#loaded.add(kind);
    this.#host.requestUpdate();
  }

  /** The element of the panel, told what to show; undefined until its code is there. */
  of(panel: Panel, selection: Selection): HTMLElement | undefined {
    if (!this.#loaded.has(panel.kind)) return undefined;
    const key = `${panel.kind} ${panel.id}`;
    const element = this.#elements.get(key) ?? document.createElement(kinds[panel.kind].tag);
    this.#elements.set(key, element);
    return Object.assign(element, connectionOf(this.#host), panelProperties(panel, selection));
  }

  /** Another dashboard: its panels may have the same names. */
  clear(): void {
    this.#elements.clear();
  }
}
