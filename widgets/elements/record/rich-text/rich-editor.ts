import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RichNode } from '../../../../backend/contracts/activities.ts';
import type { Named } from '../../../../backend/contracts/common.ts';
import { controls } from '../../../styles/controls.ts';
import { tokens } from '../../../styles/tokens.ts';
import { entryIcon } from '../icons.ts';
import { linkAddress, linkAround, setLink } from './link.ts';
import { mentionDom, richDom } from './rich-dom.ts';
import { richEditorStyles } from './rich-editor.styles.ts';

const COMMANDS = [
  ['bold', 'B'],
  ['italic', 'I'],
  ['insertUnorderedList', '•'],
] as const;
const TYPED = /(?:^|[\s\u00a0(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u;

/** A small editor: bold, italic, lists, links, and people named with `@`. What is pasted arrives as plain text. */
export class SalesPulseRichEditor extends LitElement {
  static override properties = {
    label: { attribute: false },
    texts: { attribute: false },
    findPeople: { attribute: false },
    people: { state: true },
    chosen: { state: true },
    linking: { state: true },
  };
  static override styles = [tokens, controls, richEditorStyles];

  declare label: string;
  /** names of the buttons and of the list of people */
  declare texts: Record<
    'bold' | 'italic' | 'insertUnorderedList' | 'people' | 'link' | 'address' | 'setLink' | 'removeLink' | 'badAddress',
    string
  >;
  declare findPeople: (q: string) => Promise<readonly Named[]>;
  declare people: readonly Named[];
  declare chosen: number;
  /** the address of a link is being asked for: what will be one, and the one it is already */
  declare linking: { range: Range; link: HTMLAnchorElement | null; isRefused: boolean } | null;
  #asked = 0;

  constructor() {
    super();
    this.label = '';
    this.people = [];
    this.chosen = 0;
    this.linking = null;
  }

  get #box(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[role=textbox]');
  }

  /** What was written, as HTML; empty where nothing was. The server decides what of it is kept. */
  get value(): string {
    const box = this.#box;
    return box && this.text !== '' ? box.innerHTML : '';
  }

  /** The words alone. */
  get text(): string {
    return (this.#box?.textContent ?? '').replaceAll('\u00a0', ' ').trim();
  }

  /** Puts a text in to be changed. */
  async load(nodes: readonly RichNode[]): Promise<void> {
    await this.updateComplete;
    this.#box?.replaceChildren(richDom(nodes));
  }

  override focus(): void {
    this.#box?.focus();
  }

  protected override render(): TemplateResult {
    const isOpen = this.people.length > 0;
    return html`<div class="bar">
        ${COMMANDS.map(
          ([command, mark]) =>
            html`<button type="button" aria-label=${this.texts[command]} title=${this.texts[command]}
              @mousedown=${keepFocus} @click=${() => this.#run(command)}>${mark}</button>`,
        )}
        <button type="button" aria-label=${this.texts.link} title="${this.texts.link} (Ctrl+K)" aria-keyshortcuts="Control+K"
          aria-expanded=${String(this.linking !== null)} @mousedown=${keepFocus} @click=${this.#askAddress}>${entryIcon('link')}</button>
      </div>
      ${this.linking ? this.#addressForm(this.linking) : nothing}
      <div role="textbox" aria-multiline="true" aria-label=${this.label} contenteditable="true" tabindex="0"
        aria-autocomplete="list" aria-controls=${isOpen ? 'people' : nothing}
        aria-activedescendant=${isOpen ? `person-${this.chosen}` : nothing}
        @input=${this.#typed} @keydown=${this.#key} @paste=${this.#pasted} @drop=${refuse} @blur=${this.#close}></div>
      ${
        isOpen
          ? html`<ul class="people" id="people" role="listbox" aria-label=${this.texts.people} @mousedown=${keepFocus}>
              ${this.people.map(
                (person, index) =>
                  html`<li id="person-${index}" role="option" aria-selected=${String(index === this.chosen)}
                    @click=${() => this.#choose(person)}>${person.name}</li>`,
              )}
            </ul>`
          : nothing
      }`;
  }

  #addressForm({ link, isRefused }: NonNullable<typeof this.linking>): TemplateResult {
    return html`<div class="address" role="group" aria-label=${this.texts.link} @keydown=${this.#addressKey}>
      <input type="text" inputmode="url" autocomplete="off" spellcheck="false" maxlength="2000" placeholder="https://" aria-label=${this.texts.address}
        .value=${link?.getAttribute('href') ?? ''} aria-invalid=${isRefused ? 'true' : nothing} aria-describedby=${isRefused ? 'refused' : nothing} />
      <button type="button" class="primary" @click=${this.#link}>${this.texts.setLink}</button>
      ${link ? html`<button type="button" @click=${this.#unlink}>${this.texts.removeLink}</button>` : nothing}
      ${isRefused ? html`<p class="refused" id="refused" role="alert">${this.texts.badAddress}</p>` : nothing}
    </div>`;
  }

  get #selection(): Selection | null {
    const root = this.renderRoot as ShadowRoot & { getSelection?(): Selection | null };
    return root.getSelection?.() ?? document.getSelection();
  }

  /** Asks for an address; without a place in the text the link goes to its end. */
  readonly #askAddress = async (): Promise<void> => {
    const box = this.#box;
    if (!box) return;
    if (this.linking) {
      this.#backToText(this.linking.range);
      return;
    }
    const selected = this.#selection?.rangeCount ? this.#selection.getRangeAt(0) : null;
    const range = document.createRange();
    if (selected && box.contains(selected.commonAncestorContainer)) {
      range.setStart(selected.startContainer, selected.startOffset);
      range.setEnd(selected.endContainer, selected.endOffset);
    } else {
      range.selectNodeContents(box);
      range.collapse(false);
    }
    this.linking = { range, link: linkAround(range.startContainer, box), isRefused: false };
    await this.updateComplete;
    const input = this.renderRoot.querySelector<HTMLInputElement>('.address input');
    input?.focus();
    input?.select();
  };

  readonly #addressKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) this.#link();
    else if (event.key === 'Escape' && this.linking) this.#backToText(this.linking.range);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #link = (): void => {
    const { linking } = this;
    const box = this.#box;
    const input = this.renderRoot.querySelector<HTMLInputElement>('.address input');
    if (!linking || !box || !input) return;
    const href = linkAddress(input.value);
    if (href === null) {
      this.linking = { ...linking, isRefused: true };
      input.focus();
      return;
    }
    const after = document.createRange();
    after.setStartAfter(setLink(linking.range, box, href));
    this.#backToText(after);
  };

  readonly #unlink = (): void => {
    const { linking } = this;
    linking?.link?.replaceWith(...linking.link.childNodes);
    if (linking) this.#backToText(linking.range);
  };

  /** The question is gone, and one goes on writing where one was. */
  #backToText(range: Range): void {
    this.linking = null;
    this.#box?.focus();
    this.#selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  #run(command: (typeof COMMANDS)[number][0]): void {
    this.#box?.focus();
    document.execCommand(command);
  }

  /** The text before the caret, and where it stands. */
  #caret(): { range: Range; before: string; node: Text; offset: number } | null {
    const selection = this.#selection;
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const node = range?.startContainer;
    if (!range?.collapsed || !(node instanceof Text) || !this.#box?.contains(node)) return null;
    return { range, before: node.data.slice(0, range.startOffset), node, offset: range.startOffset };
  }

  readonly #typed = async (): Promise<void> => {
    const q = TYPED.exec(this.#caret()?.before ?? '')?.[1];
    const asked = ++this.#asked;
    if (q === undefined) {
      this.#close();
      return;
    }
    const people = await this.findPeople(q).catch(() => []);
    if (asked !== this.#asked) return;
    this.people = people.slice(0, 8);
    this.chosen = 0;
  };

  readonly #close = (): void => {
    this.#asked += 1;
    this.people = [];
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      void this.#askAddress();
      return;
    }
    const { length } = this.people;
    if (length === 0) return;
    const person = this.people[this.chosen];
    if (event.key === 'ArrowDown') this.chosen = (this.chosen + 1) % length;
    else if (event.key === 'ArrowUp') this.chosen = (this.chosen + length - 1) % length;
    else if (event.key === 'Escape') this.#close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && person) this.#choose(person);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(person: Named): void {
    const caret = this.#caret();
    this.#close();
    const typed = TYPED.exec(caret?.before ?? '')?.[1];
    if (!caret || typed === undefined) return;
    const { range, node, offset } = caret;
    range.setStart(node, offset - typed.length - 1);
    range.deleteContents();
    const space = document.createTextNode('\u00a0');
    range.insertNode(space);
    range.insertNode(mentionDom(person));
    this.#selection?.collapse(space, 1);
  }

  readonly #pasted = (event: ClipboardEvent): void => {
    event.preventDefault();
    document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
  };
}

const refuse = (event: Event): void => event.preventDefault();
/** A click on a button leaves the caret where it is. */
const keepFocus = refuse;
