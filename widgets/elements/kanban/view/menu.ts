import { html, nothing, type TemplateResult } from 'lit';
import type { Crossing } from '../model/board.ts';
import type { BoardView, OpenMenu } from './board-view.ts';

export interface MenuHandlers {
  choose(stageId: string, crossing?: Crossing): void;
  /** Closes without choosing; `refocus` when the person didn't go elsewhere. */
  close(refocus: boolean): void;
}

/** "Move to…": the stages, the present one marked. Arrow keys, Home, End, first letters, Escape. */
export function menuView(view: BoardView, open: OpenMenu, handlers: MenuHandlers): TemplateResult {
  const { card, stageId } = open;
  const onKeyDown = (event: KeyboardEvent) => {
    const menu = event.currentTarget as HTMLElement;
    const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const now = items.indexOf(event.target as HTMLElement);
    const next = nextItem(event.key, now, items);
    event.stopPropagation();
    if (event.key === 'Escape') handlers.close(true);
    else if (event.key === 'Tab') handlers.close(false);
    if (event.key === 'Escape' || next !== undefined) event.preventDefault();
    next?.focus();
  };
  const onFocusOut = (event: FocusEvent) => {
    const menu = event.currentTarget as HTMLElement;
    if (!menu.contains(event.relatedTarget as Node | null)) handlers.close(false);
  };
  return html`<div class="menu" part="menu" role="menu" aria-label=${view.t('moveCard', { title: card.title })}
    @keydown=${onKeyDown} @focusout=${onFocusOut}>
    <div class="menu-title" aria-hidden="true">${view.t('moveTo')}</div>
    ${view.board.columns.map(
      ({ stage }) => html`<button type="button" role="menuitem" tabindex="-1" class="stage-${stage.kind}"
        aria-disabled=${stage.id === stageId ? 'true' : nothing}
        @click=${() => (stage.id === stageId ? undefined : handlers.choose(stage.id))}>
        <span class="dot"></span>${stage.name}${stage.id === stageId ? html` <small>${view.t('currentStage')}</small>` : nothing}
      </button>`,
    )}
    ${view.extras?.menu(open, handlers.choose)}
  </div>`;
}

function nextItem(key: string, now: number, items: HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(now + 1) % items.length];
  if (key === 'ArrowUp') return items[(now - 1 + items.length) % items.length];
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const after = [...items.slice(now + 1), ...items.slice(0, now + 1)];
  return after.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}
