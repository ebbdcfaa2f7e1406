import { html, nothing, type TemplateResult } from 'lit';
import type { Health } from '../../../../backend/contracts/pipeline-reports.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { Cell, Drill } from '../drill.ts';
import { daysText, recordsText, scrollTable, tile } from './parts.ts';

/** Is it enough, and is it looked after? */
export function healthView(element: SalesPulseElement, report: Health, drill: Drill): TemplateResult {
  const { open, healthy, checks, coverage, stages, groups, omitted } = report;
  const { format } = element;
  const opener = (name: string, set: Cell['set'], count: number) =>
    count > 0 ? () => drill(element.t(`health.${name}`), { set }) : undefined;
  return html`<ul class="tiles">
      ${tile({ label: element.t('health.open'), value: format.number(open.count), note: format.money(open.value, { compact: true }), open: opener('open', 'open', open.count) })}
      ${tile({ label: element.t('health.healthy'), value: format.number(healthy.count), tone: 'good', note: element.t('health.healthy.about'), open: opener('healthy', 'healthy', healthy.count) })}
      ${checks.map(({ id, count, value, share }) =>
        tile({
          label: element.t(`health.${id}`),
          value: format.number(count),
          tone: count > 0 ? 'warn' : undefined,
          note: `${element.t('health.share', { share: format.percent(share, { decimals: 0 }) })}, ${format.money(value, { compact: true })}. ${element.t(`health.${id}.about`)}.`,
          open: opener(id, id, count),
        }),
      )}
    </ul>
    ${coverage ? coveragePart(element, coverage, drill) : nothing}
    <h3>${element.t('health.limits')}</h3>
    <ul class="limits">
      ${stages.map(
        ({ stage, days, basis, stuck }) => html`<li><b>${stage.name}</b>
          ${days === null ? element.t('health.limit.unknown') : html`${element.t('health.limit', { days: daysText(element, days) })} <small>(${element.t(`health.limit.${basis}`)})</small>`}
          ${
            stuck > 0
              ? html`· <button type="button" class="link" @click=${() => drill(`${element.t('health.stuck')}: ${stage.name}`, { set: 'stuck', stage: stage.id })}>
                ${recordsText(element, stuck)}</button>`
              : nothing
          }</li>`,
      )}
    </ul>
    ${groups.length > 0 ? groupTable(element, report) : nothing}
    ${omitted > 0 ? html`<p class="about">${element.t('omitted', { n: omitted })}</p>` : nothing}`;
}

function coveragePart(
  element: SalesPulseElement,
  coverage: NonNullable<Health['coverage']>,
  drill: Drill,
): TemplateResult {
  const { due, weighted, wonSoFar, goal, goalBasis, goalPeriod, remaining, ratio } = coverage;
  const { format } = element;
  const money = (value: typeof goal) => format.money(value, { compact: true });
  const times =
    ratio === null
      ? element.t(goal === null ? 'health.coverage.none' : 'health.coverage.reached')
      : element.t('health.coverage.times', { times: format.number(ratio, { decimals: 1 }) });
  const goalNote =
    goalBasis === 'previous'
      ? element.t('health.coverage.goal.previous', {
          from: format.day(goalPeriod.from),
          to: format.day(goalPeriod.to),
        })
      : undefined;
  return html`<h3>${element.t('health.coverage')}</h3>
    <ul class="tiles" part="coverage">
      ${tile({ label: element.t('health.coverage'), value: times, tone: ratio !== null && Number(ratio) < 1 ? 'warn' : undefined, note: element.t('health.coverage.about') })}
      ${tile({ label: element.t('health.coverage.due'), value: money(due.value), note: recordsText(element, due.count), open: due.count ? () => drill(element.t('health.coverage.due'), { set: 'due' }) : undefined })}
      ${tile({ label: element.t('health.coverage.weighted'), value: money(weighted) })}
      ${tile({ label: element.t('health.coverage.won'), value: money(wonSoFar.value), note: recordsText(element, wonSoFar.count), open: wonSoFar.count ? () => drill(element.t('health.coverage.won'), { set: 'won' }) : undefined })}
      ${tile({ label: element.t('health.coverage.goal'), value: money(goal), note: goalNote })}
      ${tile({ label: element.t('health.coverage.remaining'), value: money(remaining) })}
    </ul>`;
}

function groupTable(element: SalesPulseElement, { groups, checks }: Health): TemplateResult {
  const { format } = element;
  const ids = checks.map(({ id }) => id);
  return scrollTable(
    element.t('view.health'),
    html`<tr><th scope="col">${element.t('funnel.by')}</th>
      <th scope="col" class="number">${element.t('health.open')}</th>
      <th scope="col" class="number">${element.t('changes.value')}</th>
      <th scope="col" class="number">${element.t('health.healthy')}</th>
      ${ids.map((id) => html`<th scope="col" class="number">${element.t(`health.${id}`)}</th>`)}</tr>`,
    html`${groups.map(
      (group) => html`<tr><th scope="row">${group.key.name}</th>
        <td class="number">${format.number(group.open.count)}</td>
        <td class="number">${format.money(group.open.value, { compact: true })}</td>
        <td class="number">${format.number(group.healthy.count)}</td>
        ${ids.map((id) => html`<td class="number">${format.number(group[id])}</td>`)}</tr>`,
    )}`,
  );
}
