import type { ChartModel } from './chart-types.ts';
import { type Chart, draw } from './drawing.ts';
import type { DrawingContext } from './drawing-context.ts';
import { readPalette } from './palette.ts';
import { isRound } from './what-fits.ts';

type Texts = Omit<DrawingContext, 'palette'>;

/** Keeps the picture on a canvas in step with its model, the hidden series and the theme. */
export class ChartCanvas {
  #chart: Chart | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #model: ChartModel | undefined;
  #hidden: ReadonlySet<string> = new Set();
  #watched: Element | undefined;
  #isOutdated = false;
  readonly #redraw: () => void;
  // Its colour has a transition of no length to speak of: the end of one means that theme or tokens changed.
  readonly #onThemeChange = () => {
    this.#isOutdated = true;
    this.#redraw();
  };

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Draws anew what has changed since the last call; `root` without a canvas frees the chart. */
  sync(root: ParentNode, model: ChartModel | undefined, hidden: ReadonlySet<string>, texts: Texts): void {
    const canvas = root.querySelector('canvas');
    const probe = root.querySelector<HTMLElement>('.probe:not(.watch)');
    if (!canvas || !probe || !model) {
      this.destroy();
      return;
    }
    this.#watch(root.querySelector('.probe.watch'));
    if (canvas !== this.#canvas || model !== this.#model || this.#isOutdated) {
      this.#chart?.destroy();
      this.#chart = draw(canvas, model, {
        ...texts,
        palette: readPalette(probe),
        onPoint: (...chosen) => {
          texts.onPoint(...chosen);
          // Its menu opens where the tooltip is, which the same click shows once more.
          queueMicrotask(() => {
            this.#chart?.tooltip?.setActiveElements([], { x: 0, y: 0 });
            this.#chart?.render();
          });
        },
      });
      this.#canvas = canvas;
      this.#model = model;
      this.#isOutdated = false;
    } else if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    if (isRound(model) || model.type === 'scatter') return;
    model.series.forEach(({ id }, index) => {
      this.#chart?.setDatasetVisibility(index, !hidden.has(id));
    });
    this.#chart?.update('none');
  }

  destroy(): void {
    this.#watch(null);
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#canvas = undefined;
    this.#model = undefined;
  }

  #watch(probe: Element | null): void {
    if (probe === (this.#watched ?? null)) return;
    this.#watched?.removeEventListener('transitionend', this.#onThemeChange);
    this.#watched = probe ?? undefined;
    probe?.addEventListener('transitionend', this.#onThemeChange);
  }
}
