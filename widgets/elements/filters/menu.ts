import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { found, type OfferedFilter } from './offered.ts';

/** From this many options on a menu has a search field. */
const searchFrom = 9;
/** More than these are found by searching. */
const most = 100;

export interface MenuState {
  values: readonly string[];
  search: string;
  /** The menus closed: what was searched for is forgotten. */
  searched(text: string): void;
  choose(values: string[]): void;
}

/** Places an opened menu below its button, inside the window. */
function place(event: ToggleEvent, searched: (text: string) => void): void {
  const menu = event.currentTarget as HTMLElement;
  if (event.newState !== 'open') {
    searched('');
    return;
  }
  const button = menu.previousElementSibling;
  if (!button) return;
  const { left, bottom } = button.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector('input')?.focus();
}

/** What closes a menu from within it gives the focus back to its button. */
function giveBack(event: ToggleEvent): void {
  const menu = event.currentTarget as HTMLElement;
  if (event.newState === 'closed' && menu.matches(':focus-within'))
    (menu.previousElementSibling as HTMLElement | null)?.focus();
}

/** The arrow keys go from option to option. */
function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const inputs = [...(event.currentTarget as HTMLElement).querySelectorAll('input')];
  const next = inputs[inputs.indexOf(event.target as HTMLInputElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** A button that opens a list of check boxes: "any of" these values. */
export function filterMenu(
  element: SalesPulseElement,
  { name, label, options }: OfferedFilter,
  { values, search, searched, choose }: MenuState,
): TemplateResult {
  const id = `menu-${name.replaceAll('.', '-')}`;
  const matching = found(options, search);
  const flip = (value: string) =>
    choose(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  const count = values.length;
  return html`<div class="filter">
    <button type="button" class=${count > 0 ? 'on' : ''} popovertarget=${id} part="menu-button">
      ${label}${count > 0 ? html` <b aria-hidden="true">${count}</b><span class="visually-hidden"> (${element.t('chosen', { count })})</span>` : nothing}
      <span aria-hidden="true">▾</span>
    </button>
    <div class="menu" id=${id} popover role="group" aria-label=${label} part="menu" @keydown=${walk} @beforetoggle=${giveBack}
      @toggle=${(event: ToggleEvent) => place(event, searched)}>
      ${
        options.length >= searchFrom
          ? html`<input type="search" aria-label=${element.t('search')} placeholder=${element.t('search')} .value=${search}
              @input=${(event: Event) => searched((event.target as HTMLInputElement).value)} />`
          : nothing
      }
      <div class="options">
        ${matching.slice(0, most).map(
          (option) => html`<label><input type="checkbox" .checked=${values.includes(option.value)}
            @change=${() => flip(option.value)} /> <span>${option.label}</span></label>`,
        )}
        ${matching.length === 0 ? html`<p>${element.t('search.none')}</p>` : nothing}
        ${matching.length > most ? html`<p>${element.t('search.more', { count: matching.length - most })}</p>` : nothing}
      </div>
    </div>
  </div>`;
}
