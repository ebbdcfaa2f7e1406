import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../text.ts';
import { type Field, inputText } from './fields.ts';

export interface FieldView {
  value: unknown;
  problem: string | undefined;
  /** Makes ids unique on the page. */
  prefix: string;
  /** Where everything must be filled in, stars say nothing. */
  hasNoStar?: boolean;
}

/** A label with its input, help and message, tied together for screen readers. */
export function fieldView(field: Field, view: FieldView): TemplateResult {
  const id = `${view.prefix}-${field.name}`;
  const notes = [field.help ? `${id}-help` : '', view.problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  const wide = field.isWide ? ' field-wide' : '';
  if (field.kind === 'checkbox') {
    return html`<div class="field field-check${wide}">
      <label class="check"><input id=${id} name=${field.name} type="checkbox" ?checked=${Boolean(view.value)} aria-describedby=${notes || nothing} /><span>${field.label}</span></label>
      ${footer(field, view, id)}
    </div>`;
  }
  if (field.kind === 'checks' || field.kind === 'control') return groupView(field, view, id, notes);
  return html`<div class="field${wide}">
    <label for=${id}>${field.label}${field.required && !view.hasNoStar ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}</label>
    ${input(field, view, id, notes)} ${footer(field, view, id)}
  </div>`;
}

/** Several inputs under one name. */
function groupView(field: Field, view: FieldView, id: string, notes: string): TemplateResult {
  const chosen = (field.kind === 'checks' && view.value ? view.value : []) as readonly string[];
  return html`<fieldset class="field choice${field.isWide ? ' field-wide' : ''}" aria-describedby=${notes || nothing}>
    <legend>${field.label}</legend>
    ${field.options?.map(
      ({ value, label }) =>
        html`<label class="check"><input type="checkbox" name=${field.name} value=${value} ?checked=${chosen.includes(value)} /><span>${label}</span></label>`,
    )}
    ${field.control?.(view.value)} ${footer(field, view, id)}
  </fieldset>`;
}

function footer(field: Field, view: FieldView, id: string) {
  return html`${field.help ? html`<p class="field-help" id="${id}-help">${field.help}</p>` : nothing}
  ${view.problem ? html`<p class="field-problem" id="${id}-problem">${view.problem}</p>` : nothing}`;
}

function input(field: Field, view: FieldView, id: string, notes: string): TemplateResult {
  const text = inputText(field, view.value);
  const invalid = view.problem ? 'true' : nothing;
  switch (field.kind) {
    case 'select':
      return html`<select id=${id} name=${field.name} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${notes || nothing}>
        ${field.emptyLabel === undefined ? nothing : html`<option value="" ?selected=${text === ''}>${field.emptyLabel}</option>`}
        ${field.options?.map((option) => html`<option value=${option.value} ?selected=${option.value === text}>${option.label}</option>`)}
      </select>`;
    case 'lines':
    case 'textarea':
      return html`<textarea id=${id} name=${field.name} rows="3" ?required=${field.required} maxlength=${field.maxLength ?? nothing}
        aria-invalid=${invalid} aria-describedby=${notes || nothing} .value=${text}></textarea>`;
    case 'password':
    case 'new-password':
      return html`<salespulse-console-password-input .inputId=${id} .name=${field.name} .autocomplete=${field.autocomplete ?? (field.kind === 'password' ? 'current-password' : 'new-password')}
        .judge=${field.judge} .isRequired=${field.required ?? false} .isInvalid=${Boolean(view.problem)} .describedBy=${notes}></salespulse-console-password-input>`;
    case 'lookup':
      return html`<salespulse-console-lookup .inputId=${id} .name=${field.name} .value=${view.value ?? null} .find=${field.find}
        .isRequired=${field.required ?? false} .describedBy=${notes} .isInvalid=${Boolean(view.problem)}></salespulse-console-lookup>`;
    case 'money':
      return html`<div class="affix">
        ${plainInput(field, view, id, notes, text)}
        <span class="affix-after">${(view.value as { currency?: string } | null)?.currency ?? field.currency ?? ''}</span>
      </div>`;
    case 'percent':
      return html`<div class="affix">${plainInput(field, view, id, notes, text)}<span class="affix-after">%</span></div>`;
    default:
      return plainInput(field, view, id, notes, text);
  }
}

/** Input types that are called otherwise than the kind. */
const inputTypes: Readonly<Record<string, string>> = {
  money: 'number',
  percent: 'number',
  moment: 'datetime-local',
};

function plainInput(field: Field, view: FieldView, id: string, notes: string, text: string): TemplateResult {
  const type = inputTypes[field.kind] ?? field.kind;
  const list = field.suggestions?.length ? `${id}-list` : nothing;
  return html`<input id=${id} name=${field.name} type=${type} .value=${text} ?required=${field.required} ?readonly=${field.isReadOnly}
      maxlength=${field.maxLength ?? nothing} min=${field.min ?? nothing} max=${field.max ?? nothing}
      step=${type === 'number' ? 'any' : nothing} inputmode=${type === 'number' ? 'decimal' : (field.inputMode ?? nothing)}
      autocomplete=${field.autocomplete ?? 'off'} list=${list}
      aria-invalid=${view.problem ? 'true' : nothing} aria-describedby=${notes || nothing} />
    ${list === nothing ? nothing : html`<datalist id=${list}>${field.suggestions?.map((value) => html`<option value=${value}></option>`)}</datalist>`}`;
}

/** The sentence at the top of a form that says required fields carry a star. */
export function requiredNote(fields: readonly Field[]): TemplateResult | typeof nothing {
  return fields.some((field) => field.required) ? html`<p class="form-note">${t('form.required')}</p>` : nothing;
}
