import { html, nothing, type TemplateResult } from 'lit';
import type { Exploration } from '../../../backend/contracts/dashboards.ts';
import type { SalesPulseElement } from '../../base/element.ts';

export interface SavedActions {
  /** id of the one that is open */
  open: string | null;
  /** id of the one whose name is being changed, or that is about to be deleted */
  busy: { id: string; act: 'rename' | 'delete' } | null;
  mayShare: boolean;
  show(one: Exploration): void;
  ask(one: Exploration, act: 'rename' | 'delete' | null): void;
  rename(one: Exploration, name: string): void;
  share(one: Exploration, isShared: boolean): void;
  remove(one: Exploration): void;
}

function renaming(element: SalesPulseElement, one: Exploration, actions: SavedActions): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim();
    if (name) actions.rename(one, name);
  };
  return html`<form class="row" @submit=${submit}>
    <label class="field"><span>${element.t('name')}</span><input name="name" required maxlength="100" .value=${one.name} /></label>
    <button class="primary">${element.t('rename')}</button>
    <button type="button" @click=${() => actions.ask(one, null)}>${element.t('cancel')}</button>
  </form>`;
}

function savedItem(element: SalesPulseElement, one: Exploration, actions: SavedActions): TemplateResult {
  const { t } = { t: element.t.bind(element) };
  const act = actions.busy?.id === one.id ? actions.busy.act : null;
  if (act === 'rename') return renaming(element, one, actions);
  const name = { name: one.name };
  return html`<button type="button" class="link" aria-current=${one.id === actions.open ? 'true' : nothing} @click=${() => actions.show(one)}>${one.name}</button>
    <small>${one.isShared ? t('shared') : t('private')}${one.isMine || !one.owner ? '' : `, ${one.owner.name}`}</small>
    ${
      one.canEdit
        ? html`<div class="row">
            <button type="button" aria-label=${t('rename.label', name)} @click=${() => actions.ask(one, 'rename')}>${t('rename')}</button>
            ${
              actions.mayShare || one.isShared
                ? html`<button type="button" aria-label=${t(one.isShared ? 'unshare.label' : 'share.label', name)} @click=${() => actions.share(one, !one.isShared)}>${t(one.isShared ? 'unshare' : 'share')}</button>`
                : nothing
            }
            ${
              act === 'delete'
                ? html`<span role="alert">${t('delete.sure', name)}</span>
                    <button type="button" class="primary" @click=${() => actions.remove(one)}>${t('delete')}</button>
                    <button type="button" @click=${() => actions.ask(one, null)}>${t('cancel')}</button>`
                : html`<button type="button" aria-label=${t('delete.label', name)} @click=${() => actions.ask(one, 'delete')}>${t('delete')}</button>`
            }
          </div>`
        : nothing
    }`;
}

/** Saved questions, to be opened; one's own also renamed, shared and deleted. */
export function savedList(
  element: SalesPulseElement,
  list: readonly Exploration[],
  actions: SavedActions,
): TemplateResult {
  if (list.length === 0) return html`<p>${element.t('saved.none')}</p>`;
  return html`<ul class="saved">
    ${list.map((one) => html`<li>${savedItem(element, one, actions)}</li>`)}
  </ul>`;
}
