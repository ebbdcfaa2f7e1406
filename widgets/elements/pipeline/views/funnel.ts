import { html, nothing, type TemplateResult } from 'lit';
import type { Funnel, FunnelGroup } from '../../../../backend/contracts/pipeline-reports.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import type { Drill } from '../drill.ts';
import { bar, numberButton, scrollTable, tile } from './parts.ts';

type Stage = FunnelGroup['stages'][number];
const outcomes = ['open', 'lost', 'left'] as const;

/** How far what entered the pipeline has come. */
export function funnelView(
  element: SalesPulseElement,
  { total, groups, omitted }: Funnel,
  drill: Drill,
): TemplateResult {
  const { format } = element;
  const won = () => drill(element.t('funnel.won'), { set: 'wonOfFunnel' });
  return html`<ul class="tiles">
      ${tile({ label: element.t('funnel.entered'), value: format.number(total.entered), note: format.money(total.value, { compact: true }), open: () => drill(element.t('funnel.entered'), { set: 'reached' }) })}
      ${tile({ label: element.t('funnel.won'), value: format.number(total.won), note: format.money(total.wonValue, { compact: true }), open: total.won ? won : undefined })}
      ${tile({ label: element.t('funnel.conversion'), value: format.percent(total.conversion) })}
      ${tile({ label: element.t('funnel.winRate'), value: format.percent(total.winRate) })}
    </ul>
    <ol class="rows" part="funnel">
      ${total.stages.map((stage) => stageRow(element, total, stage, drill))}
      <li class="row">
        <span class="row-name">${element.t('funnel.won')}</span>
        ${bar((1 - share(total.won, total)) / 2, share(total.won, total), 'good')}
        <span class="row-value">${numberButton(format.number(total.won), total.won === 0, won, `${element.t('funnel.won')}: ${format.number(total.won)}`)}
          <small>${format.money(total.wonValue, { compact: true })}</small></span>
      </li>
    </ol>
    <p class="about">${element.t('funnel.about')}</p>
    ${groups.length > 0 ? groupTable(element, groups, omitted) : nothing}`;
}

const share = (part: number, { entered }: FunnelGroup): number => (entered === 0 ? 0 : part / entered);

function stageRow(element: SalesPulseElement, total: FunnelGroup, stage: Stage, drill: Drill): TemplateResult {
  const { format } = element;
  const { id, name } = stage.stage;
  const size = share(stage.reached, total);
  const label = element.t('funnel.reached', { stage: name });
  return html`<li class="row">
    <span class="row-name">${name}</span>
    ${bar((1 - size) / 2, size, 'total')}
    <span class="row-value">
      ${numberButton(format.number(stage.reached), stage.reached === 0, () => drill(label, { set: 'reached', stage: id }), `${label}: ${format.number(stage.reached)}`)}
      <small>${format.money(stage.value, { compact: true })}</small>
    </span>
    <span class="row-notes">
      ${stage.conversion === null ? nothing : html`<b>${element.t('funnel.movedOn', { share: format.percent(stage.conversion) })}</b>`}
      ${outcomes.map((outcome) => {
        if (stage[outcome] === 0) return nothing;
        const word = element.t(`funnel.${outcome}`);
        const text = `${format.number(stage[outcome])} ${word.toLocaleLowerCase(format.locale)}`;
        return html` · ${numberButton(text, false, () => drill(element.t('funnel.stopped', { outcome: word, stage: name }), { set: 'stopped', stage: id, outcome }))}`;
      })}
    </span>
  </li>`;
}

function groupTable(element: SalesPulseElement, groups: readonly FunnelGroup[], omitted: number): TemplateResult {
  const { format } = element;
  const stages = groups[0]?.stages ?? [];
  const at = (group: FunnelGroup, id: string) => group.stages.find(({ stage }) => stage.id === id);
  return html`${scrollTable(
    element.t('view.funnel'),
    html`<tr>
      <th scope="col">${element.t('funnel.by')}</th>
      <th scope="col" class="number">${element.t('funnel.entered')}</th>
      ${stages.map(({ stage }) => html`<th scope="col" class="number">${stage.name} →</th>`)}
      <th scope="col" class="number">${element.t('funnel.won')}</th>
      <th scope="col" class="number">${element.t('funnel.conversion')}</th>
      <th scope="col" class="number">${element.t('funnel.winRate')}</th>
    </tr>`,
    html`${groups.map(
      (group) => html`<tr>
        <th scope="row">${group.key?.name}</th>
        <td class="number">${format.number(group.entered)}</td>
        ${stages.map(({ stage }) => html`<td class="number">${format.percent(at(group, stage.id)?.conversion, { decimals: 0 })}</td>`)}
        <td class="number">${format.number(group.won)}</td>
        <td class="number">${format.percent(group.conversion)}</td>
        <td class="number">${format.percent(group.winRate)}</td>
      </tr>`,
    )}`,
  )}
  ${omitted > 0 ? html`<p class="about">${element.t('omitted', { n: omitted })}</p>` : nothing}`;
}
