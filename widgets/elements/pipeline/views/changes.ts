import { html, type TemplateResult } from 'lit';
import type { ChangeBar, Changes } from '../../../../backend/contracts/pipeline-reports.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { Drill } from '../drill.ts';
import { waterfallSteps } from '../waterfall.ts';
import { bar, numberButton, recordsText } from './parts.ts';

export type ChangeMeasure = 'value' | 'count';

interface Options {
  measure: ChangeMeasure;
  choose: (measure: ChangeMeasure) => void;
  drill: Drill;
}

/** What changed the pipeline between two days: a waterfall, each bar with its records. */
export function changesView(element: SalesPulseElement, { bars, period }: Changes, options: Options): TemplateResult {
  const { measure, choose, drill } = options;
  const { format } = element;
  const name = (of: ChangeBar) =>
    of === 'opening'
      ? element.t('changes.opening.name', { day: format.day(period.from) })
      : of === 'closing'
        ? element.t('changes.closing.name', { day: format.day(period.to) })
        : element.t(`changes.${of}`);
  const steps = waterfallSteps(bars, ({ value, count }) => (measure === 'value' ? Number(value.amount) : count));
  return html`<div class="switch" role="group" aria-label=${element.t('changes.measure')}>
      ${(['value', 'count'] as const).map(
        (one) => html`<button type="button" aria-pressed=${String(one === measure)} @click=${() => choose(one)}>
          ${element.t(`changes.${one}`)}</button>`,
      )}
    </div>
    <ol class="rows" part="waterfall">
      ${steps.map(({ bar: { bar: of, records, value, count }, start, size, tone }) => {
        const isTotal = tone === 'total';
        const text =
          measure === 'value' ? format.money(value, { signed: !isTotal }) : format.number(count, { signed: !isTotal });
        const label = `${name(of)}: ${text}`;
        return html`<li class=${`row ${isTotal ? 'row-total' : ''}`}>
          <span class="row-name">${name(of)}</span>
          ${records === 0 ? html`<span class="track" aria-hidden="true"></span>` : bar(start, size, tone)}
          <span class="row-value">${numberButton(text, records === 0, () => drill(name(of), { set: 'change', bar: of }), label)}
            <small>${recordsText(element, records)}</small></span>
        </li>`;
      })}
    </ol>`;
}
