import { html, nothing, type TemplateResult } from 'lit';
import type { Dashboard, Exploration } from '../../../backend/contracts/dashboards.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { MOST_PANELS } from './source.ts';

const formText = (event: SubmitEvent, name: string): string => {
  event.preventDefault();
  return String(new FormData(event.currentTarget as HTMLFormElement).get(name) ?? '').trim();
};

/** Saves the question: anew by a name, or over the one that is open. */
export function savePanel(
  element: SalesPulseElement,
  {
    current,
    mayShare,
    isBusy,
    saveNew,
    saveOver,
  }: {
    current: Exploration | undefined;
    mayShare: boolean;
    isBusy: boolean;
    saveNew: (name: string, isShared: boolean) => void;
    saveOver: (current: Exploration) => void;
  },
): TemplateResult {
  const submit = (event: SubmitEvent) => {
    const isShared = formText(event, 'shared') === 'on';
    const name = formText(event, 'name');
    if (name) saveNew(name, isShared);
  };
  return html`<form class="panel" @submit=${submit}>
    ${current?.canEdit ? html`<button type="button" ?disabled=${isBusy} @click=${() => saveOver(current)}>${element.t('save.over', { name: current.name })}</button>` : nothing}
    <label class="field"><span>${element.t('name')}</span><input name="name" required maxlength="100" autocomplete="off" /></label>
    <label class="check"><input type="checkbox" name="shared" ?disabled=${!mayShare} aria-describedby=${mayShare ? nothing : 'why-share'} /> ${element.t('save.shared')}</label>
    ${mayShare ? nothing : html`<small id="why-share">${element.t('why.share')}</small>`}
    <button class="primary" ?disabled=${isBusy}>${element.t('save.new')}</button>
  </form>`;
}

/** The tag of the question, to be copied by hand where the clipboard is not open to the page. */
export function tagPanel(element: SalesPulseElement, tag: string, copy: () => void): TemplateResult {
  return html`<div class="panel">
    <label class="field"><span>${element.t('tag')}</span><textarea readonly rows="4" spellcheck="false" .value=${tag}
      @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea></label>
    <small>${element.t('tag.hint')}</small>
    <button type="button" class="primary" @click=${copy}>${element.t('tag.copy')}</button>
  </div>`;
}

/** Puts the chart on a dashboard. `dashboards` undefined: they are being asked for. */
export function dashboardPanel(
  element: SalesPulseElement,
  dashboards: readonly Dashboard[] | undefined,
  { isBusy, add }: { isBusy: boolean; add: (dashboard: string, title: string | null) => void },
): TemplateResult {
  if (!dashboards) return html`<p class="panel">${element.t('loading')}</p>`;
  const free = dashboards.filter(({ panels }) => panels.length < MOST_PANELS);
  if (free.length === 0) return html`<p class="panel">${element.t('dashboard.none')}</p>`;
  const submit = (event: SubmitEvent) => {
    const id = formText(event, 'dashboard');
    if (id) add(id, formText(event, 'title') || null);
  };
  return html`<form class="panel" @submit=${submit}>
    <label class="field"><span>${element.t('dashboard')}</span>
      <select name="dashboard">
        ${dashboards.map(({ id, name, panels }) => {
          const isFull = panels.length >= MOST_PANELS;
          return html`<option value=${id} ?disabled=${isFull}>${isFull ? `${name} – ${element.t('why.full')}` : name}</option>`;
        })}
      </select></label>
    <label class="field"><span>${element.t('dashboard.title')}</span><input name="title" maxlength="100" autocomplete="off" /></label>
    <small>${element.t('dashboard.hint')}</small>
    <button class="primary" ?disabled=${isBusy}>${element.t('dashboard.add')}</button>
  </form>`;
}
