import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../text.ts';
import type { RightChange } from './rights.ts';

/** How many rights differ, and which, to be read before saving. */
export function changesView(changes: readonly RightChange[]): TemplateResult {
  const count = changes.length;
  const summary = count === 0 ? t('rights.changes.none') : t('rights.changes', { count });
  return html`<div class="changes">
    <p role="status"><strong>${summary}</strong></p>
    ${
      count > 0
        ? html`<details><summary>${t('rights.changes.show')}</summary>
            <ul>${changes.map(
              ({ label, from, to }) =>
                html`<li>${t('rights.change', { label, from: t(`rights.scope.${from}`), to: t(`rights.scope.${to}`) })}</li>`,
            )}</ul></details>`
        : nothing
    }
  </div>`;
}
