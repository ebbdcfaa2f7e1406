import { html, type TemplateResult } from 'lit';
import type { Panel } from '../../../../backend/contracts/dashboards.ts';
import { icon } from '../../parts/icons.ts';
import { t } from '../../text.ts';

export interface PanelActions {
  isFirst: boolean;
  isLast: boolean;
  /** -1: earlier, 1: later */
  move: (by: -1 | 1) => void;
  resize: (size: Partial<Pick<Panel, 'width' | 'height'>>) => void;
  change: () => void;
  remove: () => void;
  drag: (event: PointerEvent) => void;
}

const widths = [3, 4, 6, 8, 12] as const;
const heights = ['low', 'medium', 'tall'] as const;

/** What can be done with a panel, above it. */
export function panelTools(panel: Panel, actions: PanelActions): TemplateResult {
  const title = panel.title ?? t(`dashboard.panel.kind.${panel.kind}`);
  const label = (key: string) => t(`dashboard.panel.${key}`, { title });
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<div class="panel-tools">
    <span class="panel-handle" title=${label('drag')} @pointerdown=${actions.drag}>⠿</span>
    <strong>${title}</strong>
    <span class="panel-buttons">
    <button type="button" class="icon-button earlier" aria-label=${label('earlier')} ?disabled=${actions.isFirst} @click=${() => actions.move(-1)}>←</button>
    <button type="button" class="icon-button later" aria-label=${label('later')} ?disabled=${actions.isLast} @click=${() => actions.move(1)}>→</button>
    <button type="button" class="icon-button" aria-label=${label('edit')} @click=${actions.change}>${icon('pencil')}</button>
    <button type="button" class="icon-button" aria-label=${label('remove')} @click=${actions.remove}>${icon('trash')}</button>
    </span>
    <label class="sort-field"><span>${t('dashboard.panel.width')}</span>
      <select @change=${(event: Event) => actions.resize({ width: Number(chosen(event)) as Panel['width'] })}>
        ${widths.map((width) => html`<option value=${width} .selected=${width === panel.width}>${t(`dashboard.panel.width.${width}`)}</option>`)}
      </select></label>
    <label class="sort-field"><span>${t('dashboard.panel.height')}</span>
      <select @change=${(event: Event) => actions.resize({ height: chosen(event) as Panel['height'] })}>
        ${heights.map((height) => html`<option value=${height} .selected=${height === panel.height}>${t(`dashboard.panel.height.${height}`)}</option>`)}
      </select></label>
  </div>`;
}
