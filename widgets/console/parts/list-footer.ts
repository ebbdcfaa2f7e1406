import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../text.ts';
import type { ListState } from './page-list.ts';

/** How much of the list shows, and the way to more. */
export function listFooter(state: ListState<unknown>, more: () => void): TemplateResult {
  const shown = state.items.length;
  const text =
    state.total === null
      ? t('list.shown', { count: shown, shown })
      : t('list.total', { count: state.total, shown, total: state.total });
  return html`<footer class="list-footer">
    <p class="muted" role="status">${text}</p>
    ${
      state.hasMore
        ? html`<button type="button" class="button" ?disabled=${state.isRefreshing} @click=${more}>${t(state.isRefreshing ? 'list.loadingMore' : 'list.more')}</button>`
        : nothing
    }
  </footer>`;
}
