import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../text.ts';
import { problemText } from './problems.ts';

/** Grey lines where content will be; says "Loading" to screen readers. */
export function loadingState(lines = 6): TemplateResult {
  return html`<div class="loading" role="status">
    <span class="visually-hidden">${t('state.loading')}</span>
    ${Array.from({ length: lines }, () => html`<div class="loading-line" aria-hidden="true"></div>`)}
  </div>`;
}

/** Nothing there: why, and what to do about it. */
export function emptyState(title: string, text: string, action: unknown = nothing): TemplateResult {
  return html`<div class="state">
    <p class="state-title">${title}</p>
    <p class="state-text">${text}</p>
    ${action}
  </div>`;
}

/** Loading failed: the reason and another try. */
export function errorState(error: unknown, retry: () => void): TemplateResult {
  return html`<div class="state state-error" role="alert">
    <p class="state-title">${t('state.error')}</p>
    <p class="state-text">${problemText(error)}</p>
    <button type="button" class="button" @click=${retry}>${t('state.retry')}</button>
  </div>`;
}

/** A sentence above content that must be noticed. */
export function banner(tone: 'info' | 'warning' | 'error' | 'success', content: unknown): TemplateResult {
  return html`<div class="banner banner-${tone}" role=${tone === 'error' || tone === 'warning' ? 'alert' : 'status'}>
    ${content}
  </div>`;
}
