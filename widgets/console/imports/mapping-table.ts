import { html, nothing, type TemplateResult } from 'lit';
import type { ImportMapping, ImportPreview } from '../../../backend/contracts/imports.ts';
import { t } from '../text.ts';

type ImportField = ImportPreview['fields'][number];

/** What stands against running with this mapping: required fields without a column, fields with two. */
export function mappingProblems(fields: readonly ImportField[], mapping: ImportMapping): string[] {
  const used = Object.values(mapping).filter((key) => key !== null);
  const missing = fields.filter(({ key, required }) => required && !used.includes(key));
  const twice = fields.filter(({ key }) => used.filter((one) => one === key).length > 1);
  return [
    ...missing.map(({ label }) => t('import.missing', { field: label })),
    ...twice.map(({ label }) => t('import.twice', { field: label })),
  ];
}

/** Each column of the file with samples and the field it fills. */
export function mappingTable(
  preview: ImportPreview,
  mapping: ImportMapping,
  change: (column: string, field: string | null) => void,
  isDisabled: boolean,
): TemplateResult {
  return html`<div class="table-frame">
    <table class="table" role="table" aria-label=${t('import.mapping')}>
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col">${t('import.column')}</th>
        <th role="columnheader" scope="col">${t('import.samples')}</th>
        <th role="columnheader" scope="col">${t('import.field')}</th>
      </tr></thead>
      <tbody role="rowgroup">${preview.columns.map(({ name, samples }) => row(name, samples, preview.fields, mapping[name] ?? null, change, isDisabled))}</tbody>
    </table>
  </div>`;
}

function row(
  name: string,
  samples: readonly string[],
  fields: readonly ImportField[],
  chosen: string | null,
  change: (column: string, field: string | null) => void,
  isDisabled: boolean,
) {
  const field = fields.find(({ key }) => key === chosen);
  return html`<tr role="row">
    <td role="cell" class="is-title">${name}</td>
    <td role="cell" class="samples" data-label=${t('import.samples')}>${samples.filter(Boolean).slice(0, 3).join(' · ') || t('import.noSamples')}</td>
    <td role="cell" data-label=${t('import.field')}>
      <select aria-label=${t('import.fieldFor', { column: name })} ?disabled=${isDisabled} @change=${(event: Event) => change(name, (event.target as HTMLSelectElement).value || null)}>
        <option value="" .selected=${chosen === null}>${t('import.leaveOut')}</option>
        ${fields.map(({ key, label, required, isKey }) => html`<option value=${key} .selected=${key === chosen}>${label}${required ? ' *' : ''}${isKey ? t('import.isKey') : ''}</option>`)}
      </select>
      ${field?.help ? html`<p class="field-help">${field.help}</p>` : nothing}
    </td>
  </tr>`;
}
