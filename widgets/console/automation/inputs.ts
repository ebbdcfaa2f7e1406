import { html, nothing, type TemplateResult } from 'lit';
import type { Option } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { t } from '../text.ts';

interface Labelled {
  label: string;
  id: string;
}

/** A menu. */
export function selectInput(
  { label, id }: Labelled,
  value: string,
  options: readonly Option[],
  change: (value: string) => void,
): TemplateResult {
  return html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}
    </select></div>`;
}

export function textInput(
  { label, id, type = 'text', max, help }: Labelled & { type?: string; max?: number; help?: string },
  value: string,
  change: (value: string) => void,
): TemplateResult {
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} type=${type} .value=${value} autocomplete="off" maxlength=${max ?? nothing} step=${type === 'number' ? 'any' : nothing}
      aria-describedby=${help ? `${id}-help` : nothing}
      @change=${(event: Event) => change((event.target as HTMLInputElement).value.trim())} />
    ${help ? html`<p class="field-help" id="${id}-help">${help}</p>` : nothing}</div>`;
}

export function checkInput({ label, id }: Labelled, isOn: boolean, change: (isOn: boolean) => void): TemplateResult {
  return html`<div class="field field-check"><label class="check"><input id=${id} type="checkbox" ?checked=${isOn}
    @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} /><span>${label}</span></label></div>`;
}

/** Several of many: what is chosen as chips, the rest in a menu. */
export function manyInput(
  { label, id }: Labelled,
  chosen: readonly string[],
  options: readonly Option[],
  change: (values: string[]) => void,
): TemplateResult {
  const rest = options.filter(({ value }) => !chosen.includes(value));
  const nameOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const add = (event: Event) => {
    const menu = event.target as HTMLSelectElement;
    const { value } = menu;
    menu.value = '';
    if (value !== '') change([...chosen, value]);
  };
  return html`<div class="field"><label for=${id}>${label}</label>
    ${
      chosen.length === 0
        ? nothing
        : html`<ul class="rule-chips">${chosen.map(
            (value) => html`<li class="rule-chip">${nameOf(value)}<button type="button" class="icon-button"
              aria-label=${t('editor.removeValue', { name: nameOf(value) })}
              @click=${() => change(chosen.filter((one) => one !== value))}>${icon('close')}</button></li>`,
          )}</ul>`
    }
    <select id=${id} @change=${add} ?disabled=${rest.length === 0}>
      <option value="">${t('editor.addValue')}</option>
      ${rest.map(({ value, label: name }) => html`<option value=${value}>${name}</option>`)}
    </select></div>`;
}

/** Things with names as options. */
export const named = (items: readonly { id: string; name: string }[]): Option[] =>
  items.map(({ id, name }) => ({ value: id, label: name }));
