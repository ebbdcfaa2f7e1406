import { css, html, type TemplateResult } from 'lit';
import type { AnalyticsTable } from '../../../../backend/contracts/analytics.ts';
import type { Query } from '../../../base/api.ts';
import { DataController } from '../../../base/data-controller.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { DayRange } from '../../../base/range.ts';
import { grainFor } from '../../chart/periods.ts';
import { trendPath } from './trend-path.ts';

const styles = css`
  .trend {
    inline-size: 100%;
    margin-block: 0.125rem;
    block-size: 1.5rem;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 1.5px;
    stroke-linejoin: round;
  }

  .trend path {
    vector-effect: non-scaling-stroke;
  }

  .trend {
    inline-size: 100%;
    block-size: 1.5rem;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 1.5px;
    stroke-linejoin: round;
  }

  .trend path {
    vector-effect: non-scaling-stroke;
  }
`;

/** The courses of key figures over their period. They come after the figures, and without them the tiles are whole. */
export class Trends {
  readonly #data: DataController<AnalyticsTable>;

  /** `query`: what the figures are asked with. */
  constructor(host: SalesPulseElement, query: () => DayRange & Query) {
    const root = host.renderRoot as ShadowRoot;
    if (styles.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styles.styleSheet];
    const asked = (): Query => {
      const { compare: _compare, ...facts } = query();
      return { ...facts, grain: grainFor(facts) };
    };
    this.#data = new DataController<AnalyticsTable>(host, {
      key: () => keyOf(asked),
      load: (api, signal) => api.get<AnalyticsTable>('analytics/series', asked(), { signal }),
      refreshOnReturn: true,
    });
    host.requestUpdate();
  }

  /** The line of a metric; nothing until it is known, and where there are too few periods to show a course. */
  line(metric: string): TemplateResult | undefined {
    const { data, kind } = this.#data.state;
    if (!data || kind === 'loading') return undefined;
    const { columns, rows, partial = [] } = data;
    const column = columns.findIndex(({ id }) => id === metric);
    // A period that still runs would look like a fall.
    const whole = rows.filter(([period]) => !partial.includes(String(period)));
    const path = column < 0 ? null : trendPath(whole.map((row) => numberIn(row[column])));
    if (path === null) return undefined;
    return html`<svg class="trend" part="trend" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true"
      ><path d=${path}></path></svg>`;
  }
}

const numberIn = (cell: unknown): number | null => (typeof cell === 'string' ? Number(cell) : null);

/** A range that is not understood is told by the figures; there is no course to ask for. */
function keyOf(asked: () => Query): string | null {
  try {
    return JSON.stringify(asked());
  } catch {
    return null;
  }
}
