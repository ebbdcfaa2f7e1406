import { html, nothing, type TemplateResult } from 'lit';
import type { Velocity, VelocityFigures } from '../../../../backend/contracts/pipeline-reports.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { Drill } from '../drill.ts';
import { bar, daysText, numberButton, scrollTable, tile } from './parts.ts';

/** How fast the pipeline turns into money, and how long each stage takes. */
export function velocityView(element: SalesPulseElement, report: Velocity, drill: Drill): TemplateResult {
  const { current, previous, groups, omitted } = report;
  const { format } = element;
  const before = (write: (figures: VelocityFigures) => string) =>
    element.t('velocity.before', { value: write(previous) });
  const figure = (name: string, write: (figures: VelocityFigures) => string, open?: () => void) =>
    tile({ label: element.t(`velocity.${name}`), value: write(current), note: before(write), open });
  return html`<ul class="tiles">
      ${figure('perDay', ({ perDay }) => format.money(perDay, { compact: true }))}
      ${figure('open', ({ open }) => format.number(open), current.open ? () => drill(element.t('velocity.open'), { set: 'open' }) : undefined)}
      ${figure('winRate', ({ winRate }) => format.percent(winRate), current.won ? () => drill(element.t('velocity.won'), { set: 'won' }) : undefined)}
      ${figure('average', ({ averageValue }) => format.money(averageValue, { compact: true }))}
      ${figure('cycle', ({ cycleDays }) => daysText(element, cycleDays))}
    </ul>
    <p class="about">${element.t('velocity.formula')}</p>
    <h3>${element.t('velocity.time')}</h3>
    ${times(element, report, drill)}
    ${groups.length > 0 ? groupTable(element, report) : nothing}
    ${omitted > 0 ? html`<p class="about">${element.t('omitted', { n: omitted })}</p>` : nothing}`;
}

function times(element: SalesPulseElement, { stages }: Velocity, drill: Drill): TemplateResult {
  const { format } = element;
  const longest = Math.max(...stages.map(({ p90Days }) => p90Days ?? 0), 1);
  const heads = ['visits', 'median', 'p90', 'next', 'back', 'won', 'lost'];
  return scrollTable(
    element.t('velocity.time'),
    html`<tr><th scope="col">${element.t('velocity.stage')}</th><th aria-hidden="true" class="wide"></th>
      ${heads.map((name) => html`<th scope="col" class="number">${element.t(`velocity.${name}`)}</th>`)}</tr>`,
    html`${stages.map(
      ({ stage, visits, medianDays, p90Days, movedOn, movedBack, won, lost }) => html`<tr>
        <th scope="row">${stage.name}</th>
        <td class="wide" aria-hidden="true">
          <span class="track pair">
            <i class="soft" .style=${`inset-inline-start:0;inline-size:${(((p90Days ?? 0) / longest) * 100).toFixed(1)}%`}></i>
            <i class="total" .style=${`inset-inline-start:0;inline-size:${(((medianDays ?? 0) / longest) * 100).toFixed(1)}%`}></i>
          </span>
        </td>
        <td class="number">${numberButton(format.number(visits), visits === 0, () => drill(`${element.t('velocity.time')}: ${stage.name}`, { set: 'visits', stage: stage.id }), `${stage.name}: ${visits}`)}</td>
        <td class="number">${daysText(element, medianDays)}</td>
        <td class="number">${daysText(element, p90Days)}</td>
        ${[movedOn, movedBack, won, lost].map((count) => html`<td class="number">${format.number(count)}</td>`)}
      </tr>`,
    )}`,
  );
}

function groupTable(element: SalesPulseElement, { groups }: Velocity): TemplateResult {
  const { format } = element;
  const best = Math.max(...groups.map(({ figures }) => Number(figures.perDay?.amount ?? 0)), 1);
  return scrollTable(
    element.t('view.velocity'),
    html`<tr><th scope="col">${element.t('funnel.by')}</th><th aria-hidden="true" class="wide"></th>
      ${['perDay', 'open', 'winRate', 'average', 'cycle'].map((name) => html`<th scope="col" class="number">${element.t(`velocity.${name}`)}</th>`)}</tr>`,
    html`${groups.map(
      ({ key, figures }) => html`<tr>
        <th scope="row">${key.name}</th>
        <td class="wide" aria-hidden="true">${bar(0, Number(figures.perDay?.amount ?? 0) / best, 'total')}</td>
        <td class="number">${format.money(figures.perDay, { compact: true })}</td>
        <td class="number">${format.number(figures.open)}</td>
        <td class="number">${format.percent(figures.winRate)}</td>
        <td class="number">${format.money(figures.averageValue, { compact: true })}</td>
        <td class="number">${daysText(element, figures.cycleDays)}</td>
      </tr>`,
    )}`,
  );
}
