import { html, nothing, type TemplateResult } from 'lit';
import type { Dashboard } from '../../../backend/contracts/dashboards.ts';
import { t } from '../text.ts';

/** Chooses among the dashboards that the person sees. */
export function switcher(
  all: readonly Dashboard[],
  shown: Dashboard | null,
  choose: (id: string) => void,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const group = (label: string, items: readonly Dashboard[]) =>
    items.length === 0
      ? nothing
      : html`<optgroup label=${label}>
          ${items.map(({ id, name }) => html`<option value=${id} .selected=${id === shown?.id}>${name}</option>`)}
        </optgroup>`;
  return html`<label class="sort-field dashboard-switch"><span class="visually-hidden">${t('dashboard.which')}</span>
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${shown ? nothing : html`<option value="" selected disabled>${t('dashboard.which')}</option>`}
      ${group(
        t('dashboard.mine'),
        all.filter(({ isMine }) => isMine),
      )}
      ${group(
        t('dashboard.shared'),
        all.filter(({ isMine, key }) => !isMine && key === null),
      )}
      ${group(
        t('dashboard.builtIn'),
        all.filter(({ isMine, key }) => !isMine && key !== null),
      )}
    </select></label>`;
}
