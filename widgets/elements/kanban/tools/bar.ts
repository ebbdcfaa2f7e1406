import { html, nothing, type TemplateResult } from 'lit';
import type { LaneKind, QuickFilter } from '../../../../backend/contracts/boards.ts';
import type { Query } from '../../../base/api.ts';
import type { Variables } from '../../../base/i18n.ts';
import type { BoardView } from '../view/board-view.ts';
import type { FieldList } from './field-list.ts';

/** What the bar shows, and what it changes. */
export interface BarState {
  t(key: string, variables?: Variables): string;
  readonly filters: Query;
  /** the page decides whose cards are shown: then nobody is asked */
  readonly hasFixedOwner: boolean;
  readonly lanes: LaneKind | '';
  readonly asOf: string;
  /** the reader's, `YYYY-MM-DD` */
  readonly today: string;
  /** names of the fields that cards show */
  readonly fields: readonly string[];
  readonly list: FieldList;
  change(change: { filters?: Query; lanes?: LaneKind | ''; asOf?: string; fields?: string[] }): void;
  openFields(): void;
}

const everyQuick: readonly QuickFilter[] = [
  'unassigned',
  'rotting',
  'past-close',
  'no-next-step',
  'overdue-task',
  'hot',
];
const laneKinds: readonly LaneKind[] = ['owner', 'segment', 'score'];
const typingMs = 250;

const quickOf = (filters: Query): readonly string[] => (Array.isArray(filters.quick) ? filters.quick.map(String) : []);

/** A day later or, with a negative number, earlier. */
export function shiftDay(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

let typing: ReturnType<typeof setTimeout> | undefined;

/** The bar above the columns: find, filters of one click, lanes, fields, the day. */
export function barView(view: BoardView, state: BarState): TemplateResult {
  const { t, filters, change, asOf } = state;
  const onFind = (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(typing);
    typing = setTimeout(() => change({ filters: { ...filters, q: value.trim() || undefined } }), typingMs);
  };
  return html`<div class="tools" role="group" aria-label=${t('filters')}>
      <input type="search" class="find" aria-label=${t('find')} placeholder=${t('find')} .value=${String(filters.q ?? '')} @input=${onFind} />
      <div class="chips">${chips(view, state)}</div>
      <label class="choice">${t('lanes')}
        <select @change=${(event: Event) => change({ lanes: (event.target as HTMLSelectElement).value as LaneKind | '' })}>
          <option value="" ?selected=${!state.lanes}>${t('lanes.none')}</option>
          ${laneKinds
            .filter((kind) => !asOf || kind !== 'score')
            .map(
              (kind) => html`<option value=${kind} ?selected=${kind === state.lanes}>${t(`lanes.${kind}`)}</option>`,
            )}
        </select>
      </label>
      ${fieldChoice(view, state)} ${dayChoice(state)}
    </div>
    ${asOf ? html`<p class="past" role="status">${t('past', { day: view.format.day(asOf, { dateStyle: 'long' }) })}</p>` : nothing}`;
}

function chips({ board }: BoardView, { t, filters, hasFixedOwner, asOf, change }: BarState) {
  const chosen = quickOf(filters);
  const chip = (
    isOn: boolean,
    text: string,
    next: Query,
  ) => html`<button type="button" class="chip" aria-pressed=${String(isOn)}
    @click=${() => change({ filters: next })}>${text}</button>`;
  const mine = filters.owner === 'me';
  const offered = asOf
    ? []
    : everyQuick.filter((one) => one !== 'past-close' || board.pipeline.entity === 'opportunity');
  const isNarrowed = Object.values(filters).some((value) => value !== undefined);
  return html`${hasFixedOwner ? nothing : chip(mine, t('mine'), { ...filters, owner: mine ? undefined : 'me' })}
    ${offered.map((one) => {
      const isOn = chosen.includes(one);
      const next = isOn ? chosen.filter((other) => other !== one) : [...chosen, one];
      return chip(isOn, t(`quick.${one}`), { ...filters, quick: next.length > 0 ? next : undefined });
    })}
    ${isNarrowed ? html`<button type="button" class="chip clear" @click=${() => change({ filters: {} })}>${t('clear')}</button>` : nothing}`;
}

function fieldChoice({ board }: BoardView, { t, fields, list, change, openFields }: BarState) {
  const toggle = (name: string) => (event: Event) => {
    const isOn = (event.target as HTMLInputElement).checked;
    change({ fields: isOn ? [...fields, name] : fields.filter((other) => other !== name) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  };
  return html`<details class="fields" @keydown=${onKeyDown} @toggle=${(event: Event) => (event.target as HTMLDetailsElement).open && openFields()}>
    <summary>${t('fields')}</summary>
    <div class="sheet">
      ${list
        .choices(board.pipeline.entity)
        .map(
          ({ name, label }) =>
            html`<label><input type="checkbox" .checked=${fields.includes(name)} @change=${toggle(name)} />${label ?? t(`field.${name}`)}</label>`,
        )}
    </div>
  </details>`;
}

function dayChoice({ t, today, asOf, change }: BarState) {
  const go = (day: string) => change({ asOf: day && day < today ? day : '' });
  return html`<span class="choice day">
    <label>${t('asOf')} <input type="date" max=${today} .value=${asOf || today}
      @change=${(event: Event) => go((event.target as HTMLInputElement).value)} /></label>
    <button type="button" aria-label=${t('earlier')} title=${t('earlier')} @click=${() => go(shiftDay(asOf || today, -1))}>‹</button>
    ${
      asOf
        ? html`<button type="button" aria-label=${t('later')} title=${t('later')} @click=${() => go(shiftDay(asOf, 1))}>›</button>
          <button type="button" @click=${() => go('')}>${t('today')}</button>`
        : nothing
    }
  </span>`;
}
