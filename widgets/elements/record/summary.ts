import { html, nothing, type TemplateResult } from 'lit';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { entryIcon } from './icons.ts';
import { companyOf, type Panel, worthOf } from './panel-source.ts';

/** Name, company, worth, owner and how to reach the person; a score only where there is one. */
export function summary(host: SalesPulseElement, { found, record }: Panel): TemplateResult {
  const { name: company } = companyOf(record);
  const value = worthOf(record);
  const facts: [string, unknown][] = [
    ['record.value', value ? host.format.money(value) : null],
    [
      'record.close',
      'expectedCloseOn' in record && record.expectedCloseOn ? host.format.day(record.expectedCloseOn) : null,
    ],
    ['record.industry', 'industry' in record ? record.industry : null],
    [
      'record.score',
      'score' in record && record.score !== null ? host.format.number(record.score, { decimals: 0 }) : null,
    ],
    ['record.owner', record.owner?.name ?? host.t('record.nobody')],
  ];
  const since =
    'stage' in record
      ? host.t('record.since', {
          stage: record.stage.name,
          moment: host.format.moment(record.stageSince, { dateStyle: 'medium' }),
        })
      : null;
  return html`<header part="header">
    <p class="kind">${host.t(`type.${found.type}`)}</p>
    <h2>${record.name}</h2>
    ${company ? html`<p class="company">${company}</p>` : nothing}
    ${reach(record)}
    <dl>${facts.filter(([, fact]) => fact !== null && fact !== '').map(([label, fact]) => html`<div><dt>${host.t(label)}</dt><dd>${fact}</dd></div>`)}</dl>
    ${since ? html`<p class="since">${since}</p>` : nothing}
  </header>`;
}

function reach(record: Panel['record']) {
  const email = 'email' in record ? record.email : null;
  const phone = 'phone' in record ? record.phone : null;
  if (!email && !phone) return nothing;
  return html`<p class="reach">
    ${phone ? html`<a href="tel:${phone.replace(/[^\d+]/g, '')}">${entryIcon('call')}${phone}</a>` : nothing}
    ${email ? html`<a href="mailto:${email}">${entryIcon('email')}${email}</a>` : nothing}
  </p>`;
}

/** What can be done with tasks. */
interface TaskHands {
  done(task: Task): void;
  add(): void;
  isAdding: boolean;
}

/** The task that is due first, with a box to tick it off, and a button for another one. */
export function nextTask(host: SalesPulseElement, task: Task | null, hands: TaskHands | null): TemplateResult {
  return html`<section class="next" part="next">
    <div class="heading"><h3>${host.t('next.title')}</h3>
      ${hands ? html`<button type="button" aria-expanded=${String(hands.isAdding)} @click=${hands.add}>${host.t('task.add')}</button>` : nothing}</div>
    ${
      task
        ? html`<p class="task">
            ${hands ? html`<input type="checkbox" aria-label=${host.t('next.done', { title: task.title })} .checked=${false} @change=${() => hands.done(task)} />` : nothing}
            <span><strong>${task.title}</strong> ${due(host, task)}</span>
          </p>`
        : html`<p class="muted">${host.t('next.none')}</p>`
    }
  </section>`;
}

function due(host: SalesPulseElement, { dueOn, dueTime, isOverdue }: Task) {
  if (!dueOn) return nothing;
  const day = `${host.format.day(dueOn)}${dueTime ? `, ${dueTime}` : ''}`;
  return html`<span class=${isOverdue ? 'overdue' : 'muted'}>${host.t(isOverdue ? 'next.overdue' : 'next.due', { day })}</span>`;
}

/** What is being sold to an account. */
export function openOpportunities(
  host: SalesPulseElement,
  items: readonly Opportunity[],
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<section>
    <h3>${host.t('record.opportunities')}</h3>
    <ul class="deals">
      ${items.map(({ name, stage, amount }) => html`<li><span>${name}<br /><span class="muted">${stage.name}</span></span><strong>${host.format.money(amount)}</strong></li>`)}
    </ul>
  </section>`;
}
