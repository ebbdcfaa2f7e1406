import { html, type TemplateResult } from 'lit';
import { t } from '../text.ts';

/** First and last day of a list, each free to be left out; kept in the address as `from` and `to`. */
export function dayInputs(query: URLSearchParams, change: (changes: Record<string, string>) => void): TemplateResult {
  const input = (name: 'from' | 'to') => html`<label><span>${t(`list.${name}`)}</span>
    <input type="date" .value=${query.get(name) ?? ''} max=${(name === 'from' && query.get('to')) || '9999-12-31'} min=${(name === 'to' && query.get('from')) || '0001-01-01'}
      @change=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })} /></label>`;
  return html`<div class="range-days" role="group" aria-label=${t('list.days')}>${input('from')} ${input('to')}</div>`;
}
