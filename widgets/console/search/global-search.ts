import { html, nothing } from 'lit';
import type { RecordType } from '../../../backend/contracts/common.ts';
import type { SearchHit } from '../../../backend/contracts/search.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';

/** Pause after a key before the server is asked. */
const PAUSE_MS = 120;
const pages: Readonly<Record<RecordType, string>> = {
  lead: '/leads',
  opportunity: '/opportunities',
  account: '/accounts',
  contact: '/contacts',
};

type State =
  | { kind: 'closed' }
  | { kind: 'found'; hits: readonly SearchHit[]; at: number }
  | { kind: 'failed'; reason: string };

/** The search in the header: leads, opportunities, accounts and contacts as one types. `/` goes there from anywhere. */
export class ConsoleGlobalSearch extends ConsoleElement {
  static override properties = { state: { state: true } };

  declare state: State;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | null = null;

  constructor() {
    super();
    this.state = { kind: 'closed' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#shortcut);
    this.addEventListener('focusout', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#shortcut);
    this.removeEventListener('focusout', this.#left);
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  protected override render() {
    const { state } = this;
    const active = state.kind === 'found' && state.at >= 0 ? `search-hit-${state.at}` : nothing;
    return html`<div class="global-search" role="search" aria-label=${t('search.label')}>
      <label class="search-field">${icon('search')}<span class="visually-hidden">${t('search.label')}</span>
        <input type="search" role="combobox" autocomplete="off" aria-autocomplete="list" aria-controls="search-hits"
          aria-expanded=${String(state.kind !== 'closed')} aria-activedescendant=${active} placeholder=${t('search.placeholder')}
          @input=${this.#typed} @keydown=${this.#key} />
      </label>
      <div class="search-panel" ?hidden=${state.kind === 'closed'}>
        ${state.kind === 'failed' ? html`<p class="search-note" role="alert">${state.reason}</p>` : nothing}
        ${state.kind === 'found' && state.hits.length === 0 ? html`<p class="search-note" role="status">${t('search.nothing')}</p>` : nothing}
        <ul id="search-hits" role="listbox" aria-label=${t('search.label')}>
          ${state.kind === 'found' ? state.hits.map((hit, at) => this.#hit(hit, at, at === state.at)) : nothing}
        </ul>
      </div>
    </div>`;
  }

  #hit(hit: SearchHit, at: number, isActive: boolean) {
    const more = [hit.detail, hit.stage?.name, hit.owner?.name].filter(Boolean).join(' · ');
    return html`<li id=${`search-hit-${at}`} role="option" aria-selected=${String(isActive)} class=${isActive ? 'is-active' : ''}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.#open(hit)}>
      ${icon(hit.type === 'opportunity' ? 'deal' : hit.type)}
      <span class="search-text"><span class="search-name">${hit.name}</span>
        <span class="muted">${t(`search.${hit.type}`)}${more ? ` · ${more}` : nothing}${hit.isClose ? ` · ${t('search.close')}` : nothing}</span></span>
    </li>`;
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  readonly #typed = (): void => {
    clearTimeout(this.#timer);
    const text = this.#input?.value.trim() ?? '';
    if (text === '') this.#close();
    else this.#timer = setTimeout(() => void this.#ask(text), PAUSE_MS);
  };

  async #ask(q: string): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const { items } = await this.app.api.get<{ items: SearchHit[] }>('search', { q }, { signal: abort.signal });
      if (!abort.signal.aborted) this.state = { kind: 'found', hits: items, at: items.length > 0 ? 0 : -1 };
    } catch (error) {
      if (!abort.signal.aborted) this.state = { kind: 'failed', reason: problemText(error) };
    }
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { state } = this;
    if (event.key === 'Escape') {
      if (state.kind !== 'closed') event.preventDefault();
      this.#close();
    } else if (state.kind === 'found' && state.hits.length > 0) {
      const count = state.hits.length;
      if (event.key === 'ArrowDown') this.state = { ...state, at: (state.at + 1) % count };
      else if (event.key === 'ArrowUp') this.state = { ...state, at: (state.at - 1 + count) % count };
      else if (event.key === 'Enter') {
        const hit = state.hits[state.at];
        if (hit) this.#open(hit);
      } else return;
      event.preventDefault();
    }
  };

  #open({ type, id }: SearchHit): void {
    this.#close();
    if (this.#input) this.#input.value = '';
    this.#input?.blur();
    this.app.navigate(`${pages[type]}/${id}`);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.state = { kind: 'closed' };
  }

  readonly #left = (event: FocusEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.#close();
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const isTyping = target.closest('input, textarea, select, [contenteditable], dialog') !== null;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    this.#input?.focus();
  };
}
