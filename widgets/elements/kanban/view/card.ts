import { html, nothing, type TemplateResult } from 'lit';
import type { Card } from '../../../../backend/contracts/boards.ts';
import type { Stage } from '../../../../backend/contracts/pipelines.ts';
import type { BoardView } from './board-view.ts';

const dayMs = 86_400_000;

/** Two letters for a name: of its first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** One of the eight series colours, the same for the same id. */
const hueOf = (id: string): number => 1 + (Array.from(id).reduce((sum, char) => sum + char.charCodeAt(0), 0) % 8);

const scoreBand = (score: number): string => (score >= 70 ? 'high' : score >= 40 ? 'middle' : 'low');

interface Fact {
  text: string;
  label: string;
  tone: string;
}

/** "today", "12d", "8y": past two years nobody counts days. */
function shortAge(days: number, { t, format }: BoardView): string {
  if (days < 1) return t('age.today');
  return days < 730 ? t('age.short', { days: format.number(days) }) : t('age.years', { years: Math.floor(days / 365) });
}

function factsOf(view: BoardView, card: Card, stage: Pick<Stage, 'kind' | 'rottingDays'>): Fact[] {
  const { t, format, fields } = view;
  const facts: Fact[] = [];
  if (fields.has('score') && card.score !== null) {
    const score = format.number(card.score, { decimals: 0 });
    facts.push({ text: `★ ${score}`, label: t('score', { score }), tone: scoreBand(card.score) });
  }
  if (fields.has('age')) {
    const days = Math.max(0, Math.floor((view.now - Date.parse(card.stageSince)) / dayMs));
    const rots = stage.kind === 'open' && stage.rottingDays !== null && days >= stage.rottingDays;
    facts.push({
      text: (rots ? '! ' : '') + shortAge(days, view),
      label: t(rots ? 'rotting' : 'age', { days: format.days(days) }),
      tone: rots ? 'overdue' : '',
    });
  }
  if (fields.has('due') && card.dueOn) {
    const isOverdue = stage.kind === 'open' && card.dueOn < view.today;
    const day = format.day(card.dueOn, { day: 'numeric', month: 'short' });
    const key = isOverdue ? 'overdue' : 'due';
    facts.push({ text: isOverdue ? `! ${day}` : day, label: t(key, { day }), tone: key });
  }
  return facts;
}

/** A card's inside. The title is the button that opens it, stretched over the whole card. */
export function cardContent(
  view: BoardView,
  card: Card,
  stage: Pick<Stage, 'kind' | 'rottingDays'>,
  isTabStop: boolean,
): TemplateResult {
  const { t, format, fields } = view;
  const facts = factsOf(view, card, stage);
  const owner = fields.has('owner') ? (card.owner ? t('owner', { name: card.owner.name }) : t('unowned')) : '';
  const value = fields.has('value') && card.value ? format.money(card.value) : '';
  const label = [card.title, card.subtitle, value, owner, ...facts.map((fact) => fact.label)]
    .filter(Boolean)
    .join(', ');
  return html`
    <button type="button" class="open" tabindex=${isTabStop ? 0 : -1} title=${card.title}
      aria-label=${label} aria-describedby=${card.canMove ? 'help' : 'help-locked'}>${card.title}</button>
    <div class="subtitle" aria-hidden="true">${card.subtitle ?? ''}</div>
    ${
      fields.has('value') || fields.has('owner')
        ? html`<div class="line" aria-hidden="true">
            <span class="value">${value}</span>
            ${
              fields.has('owner') && card.owner
                ? html`<span class="owner" title=${owner} .style=${`--_hue:var(--_series-${hueOf(card.owner.id)})`}>${initials(card.owner.name)}</span>`
                : nothing
            }
          </div>`
        : nothing
    }
    ${
      fields.has('score') || fields.has('age') || fields.has('due')
        ? html`<div class="facts" aria-hidden="true">
            ${facts.map((fact) => html`<span class="fact ${fact.tone}" title=${fact.label}>${fact.text}</span>`)}
          </div>`
        : nothing
    }
    ${view.extras?.details(view, card)}
    ${
      card.canMove
        ? html`<button type="button" class="more" tabindex="-1" aria-haspopup="menu"
            aria-label=${t('moveCard', { title: card.title })} title=${t('moveTo')}></button>`
        : html`<span class="lock" title=${t('locked')} aria-hidden="true">
            <svg viewBox="0 0 16 16" width="14" height="14"><path fill="currentColor"
              d="M8 1a3.5 3.5 0 0 0-3.5 3.5V7H4a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V8a1 1 0 0 0-1-1h-.5V4.5A3.5 3.5 0 0 0 8 1Zm2 6H6V4.5a2 2 0 1 1 4 0V7Z"/></svg>
          </span>`
    }`;
}
