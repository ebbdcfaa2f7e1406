import { html, nothing } from 'lit';
import type { Card } from '../../../../backend/contracts/boards.ts';
import type { Money } from '../../../../backend/contracts/common.ts';
import type { BoardView } from '../view/board-view.ts';

type Value = NonNullable<Card['details']>[string];

const isMoney = (value: Value): value is Money => typeof value === 'object' && value !== null && 'currency' in value;
const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);
const isMoment = (value: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value);

/** A value as the reader's locale writes it; empty for none. */
export function detailText(
  name: string,
  value: Value | undefined,
  { format }: Pick<BoardView, 'format'>,
  yesNo: (value: boolean) => string,
): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'number') return name === 'probability' ? format.percent(value) : format.number(value);
  if (Array.isArray(value)) return value.join(', ');
  if (isMoney(value)) return format.money(value);
  if (isDay(value)) return format.day(value);
  return isMoment(value) ? format.day(value.slice(0, 10)) : value;
}

/** A line for each further field; empty ones keep their place, so that all cards are equally tall. */
export function detailLines(
  names: readonly string[],
  card: Card,
  write: { label(name: string): string; text(name: string, value: Value | undefined): string },
) {
  if (names.length === 0) return nothing;
  return html`<dl class="details">
    ${names.map((name) => {
      const text = write.text(name, card.details?.[name]);
      const label = write.label(name);
      return html`<div title=${`${label}: ${text}`}><dt>${label}</dt><dd>${text || '–'}</dd></div>`;
    })}
  </dl>`;
}
