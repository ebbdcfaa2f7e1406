import { html, nothing, type TemplateResult } from 'lit';
import type { PipelineRecord, PipelineRecords } from '../../../backend/contracts/pipeline-reports.ts';
import type { DataState } from '../../base/data-controller.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { errorPanel } from '../../base/states.ts';
import type { PipelineDrill } from './drill.ts';
import { daysText, scrollTable } from './views/parts.ts';

export interface RecordListActions {
  close: () => void;
  retry: () => void;
  more: () => void;
}

/** The records behind a number, below the report. */
export function recordList(
  element: SalesPulseElement,
  { label, query }: PipelineDrill,
  state: DataState<PipelineRecords>,
  { close, retry, more }: RecordListActions,
): TemplateResult {
  return html`<section class="list" part="records" aria-labelledby="list-title">
    <header><h3 id="list-title" tabindex="-1">${label}</h3>
      <button type="button" aria-label=${element.t('list.close')} @click=${close}>✕</button></header>
    ${
      state.error && !state.data
        ? errorPanel(element, state.error, retry)
        : state.data
          ? html`${rows(element, state.data, label, query.set === 'change')}
            ${state.data.nextCursor ? html`<button type="button" ?disabled=${state.kind === 'loading'} @click=${more}>${element.t('list.more')}</button>` : nothing}`
          : html`<div class="skeleton list-skeleton"></div><span class="visually-hidden" role="status">${element.t('loading')}</span>`
    }
  </section>`;
}

function rows(
  element: SalesPulseElement,
  { entity, items }: PipelineRecords,
  label: string,
  isChange: boolean,
): TemplateResult {
  if (items.length === 0) return html`<p class="about">${element.t('list.empty')}</p>`;
  const { format } = element;
  const has = (field: keyof PipelineRecord) => items.some((item) => item[field] !== null);
  const open = (id: string) => fire(element, 'salespulse-record-open', { entity, id });
  const number = (name: string) => html`<th scope="col" class="number">${element.t(`list.${name}`)}</th>`;
  return scrollTable(
    label,
    html`<tr><th scope="col">${element.t('list.name')}</th><th scope="col">${element.t('list.stage')}</th>
      <th scope="col">${element.t('list.owner')}</th>
      ${has('expectedCloseOn') ? html`<th scope="col">${element.t('list.close-on')}</th>` : nothing}
      ${has('days') ? number('days') : nothing}
      ${isChange ? html`${number('before')}${number('after')}` : nothing}${number(isChange ? 'change' : 'counted')}</tr>`,
    html`${items.map(
      ({ id, name, company, stage, owner, expectedCloseOn, days, before, after, counted }) => html`<tr>
        <th scope="row"><button type="button" class="link" @click=${() => open(id)}>${name}</button>
          ${company ? html`<small>${company}</small>` : nothing}</th>
        <td>${stage.name}</td><td>${owner?.name ?? '–'}</td>
        ${has('expectedCloseOn') ? html`<td>${format.day(expectedCloseOn)}</td>` : nothing}
        ${has('days') ? html`<td class="number">${daysText(element, days)}</td>` : nothing}
        ${isChange ? html`<td class="number">${format.money(before)}</td><td class="number">${format.money(after)}</td>` : nothing}
        <td class="number">${format.money(counted, { signed: isChange })}</td>
      </tr>`,
    )}`,
  );
}
