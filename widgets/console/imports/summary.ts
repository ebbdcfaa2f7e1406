import { html, nothing, type TemplateResult } from 'lit';
import type { ImportRun } from '../../../backend/contracts/imports.ts';
import type { Format } from '../../base/format.ts';
import { t } from '../text.ts';

type Reference = ImportRun['references'][string];

const counts = ['rows', 'created', 'updated', 'unchanged', 'rejected'] as const;
/** Names listed before the rest is only counted. */
const namesShown = 30;

/** What an import did, or would do. */
export function importSummary(run: ImportRun, format: Format): TemplateResult {
  const references = Object.entries(run.references);
  return html`<dl class="counts">
      ${counts.map((name) => html`<div class="count-${name}"><dt>${t(`import.${name}`)}</dt><dd>${format.number(run[name])}</dd></div>`)}
    </dl>
    ${references.length > 0 ? html`<h3>${t('import.references')}</h3>${references.map(([kind, found]) => reference(kind, found, format))}` : nothing}`;
}

function reference(kind: string, { matched, created, mapped = {} }: Reference, format: Format): TemplateResult {
  const others = Object.entries(mapped);
  const known = format.number(matched);
  // What was taken for something else is what one should look at before importing.
  const isOpen = others.length > 0 || (created.length > 0 && created.length <= 5);
  return html`<details class="reference" ?open=${isOpen}>
    <summary>${t('import.reference', { kind: referenceLabel(kind), matched: known, created: format.number(created.length) })}</summary>
    ${created.length > 0 ? html`<p>${t('import.newNames', { names: created.slice(0, namesShown).join(', ') })}${created.length > namesShown ? t('import.andMore', { count: created.length - namesShown }) : nothing}</p>` : html`<p class="muted">${t('import.allMatched')}</p>`}
    ${others.length > 0 ? html`<p>${t('import.readAs')} ${others.map(([name, ours]) => html`<span class="read-as">${name} → ${ours}</span>`)}</p>` : nothing}
  </details>`;
}

function referenceLabel(kind: string): string {
  const key = `import.kind.${kind}`;
  const text = t(key);
  return text === key ? kind : text;
}
