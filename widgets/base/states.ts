import { html, type TemplateResult } from 'lit';
import type { ApiError } from './api.ts';
import type { SalesPulseElement } from './element.ts';

/** What a person can do something with: the cause in their words, not the protocol's. */
export function errorText(element: SalesPulseElement, error: ApiError): string {
  const byStatus: Record<number, string> = {
    401: 'session_ended',
    403: 'forbidden',
    404: 'not_found',
    429: 'rate_limited',
  };
  const name = error.status === 0 ? error.code : error.status >= 500 ? 'server' : byStatus[error.status];
  const text = name ? element.t(`error.${name}`) : error.detail;
  return text.startsWith('error.') ? error.detail : text;
}

/** Nothing could be loaded: why, and a way out. */
export function errorPanel(element: SalesPulseElement, error: ApiError, retry: () => void): TemplateResult {
  return html`<div class="state" part="error" role="alert">
    <strong>${element.t('error.title')}</strong>
    <p>${errorText(element, error)}</p>
    ${error.requestId ? html`<p><small>${element.t('error.request', { id: error.requestId })}</small></p>` : ''}
    <button type="button" @click=${retry}>${element.t('retry')}</button>
  </div>`;
}

/** Nothing there yet. `text` says so in the element's words. */
export function emptyPanel(element: SalesPulseElement, text = element.t('empty')): TemplateResult {
  return html`<div class="state" part="empty"><p>${text}</p></div>`;
}

/** Old data on screen: since when, and a way to try again. */
export function staleNotice(
  element: SalesPulseElement,
  { asOf, error, retry }: { asOf?: string; error: ApiError; retry: () => void },
): TemplateResult {
  const text = asOf ? element.t('stale', { moment: element.format.moment(asOf) }) : element.t('stale.now');
  return html`<div class="notice" part="stale" role="status">
    <span>${text} ${errorText(element, error)}</span>
    <button type="button" @click=${retry}>${element.t('retry')}</button>
  </div>`;
}
