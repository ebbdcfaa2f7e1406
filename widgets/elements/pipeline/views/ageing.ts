import { html, type TemplateResult } from 'lit';
import type { Ageing } from '../../../../backend/contracts/pipeline-reports.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { Drill } from '../drill.ts';
import { daysText, numberButton, scrollTable } from './parts.ts';

type Bucket = Ageing['stages'][number]['buckets'][number];

/** How old what is open is: stages down, ages across, darker where more is. */
export function ageingView(element: SalesPulseElement, { total, stages, basis }: Ageing, drill: Drill): TemplateResult {
  const { format } = element;
  const most = Math.max(...stages.flatMap(({ buckets }) => buckets.map(({ count }) => count)), 1);
  const name = ({ fromDays, toDays }: Bucket) =>
    toDays === null
      ? element.t('ageing.beyond', { from: fromDays })
      : element.t('ageing.from', { from: fromDays, to: toDays });
  return html`<p class="lead">${element.t('ageing.total', { count: format.number(total.count), value: format.money(total.value, { compact: true }) })}
      ${element.t(`ageing.basis.${basis}`)}</p>
    ${scrollTable(
      element.t('view.ageing'),
      html`<tr><th scope="col">${element.t('ageing.stage')}</th>
        ${(stages[0]?.buckets ?? []).map((bucket) => html`<th scope="col" class="number">${name(bucket)}</th>`)}
        <th scope="col" class="number">${element.t('velocity.median')}</th>
        <th scope="col" class="number">${element.t('velocity.p90')}</th>
        <th scope="col" class="number">${element.t('ageing.oldest')}</th></tr>`,
      html`${stages.map(
        ({ stage, buckets, medianDays, p90Days, oldestDays }) => html`<tr>
          <th scope="row">${stage.name}</th>
          ${buckets.map((bucket) => {
            const label = element.t('ageing.cell', { stage: stage.name, bucket: name(bucket) });
            const open = () =>
              drill(label, {
                set: 'ageing',
                stage: stage.id,
                basis,
                minDays: bucket.fromDays,
                ...(bucket.toDays === null ? {} : { maxDays: bucket.toDays }),
              });
            return html`<td class="number heat" .style=${`--heat:${Math.round((bucket.count / most) * 55)}%`}>
              ${numberButton(format.number(bucket.count), bucket.count === 0, open, `${label}: ${format.number(bucket.count)}`)}
              <small>${bucket.count ? format.money(bucket.value, { compact: true }) : ''}</small></td>`;
          })}
          ${[medianDays, p90Days, oldestDays].map((value) => html`<td class="number">${daysText(element, value)}</td>`)}
        </tr>`,
      )}`,
    )}`;
}
