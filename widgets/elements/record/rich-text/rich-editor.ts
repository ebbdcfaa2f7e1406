import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RichNode } from '../../../../backend/contracts/activities.ts';
import type { Named } from '../../../../backend/contracts/common.ts';
import { controls } from '../../../styles/controls.ts';
import { tokens } from '../../../styles/tokens.ts';
import { mentionDom, richDom } from './rich-dom.ts';
import { richEditorStyles } from './rich-editor.styles.ts';

const COMMANDS = [
  ['bold', 'B'],
  ['italic', 'I'],
  ['insertUnorderedList', '•'],
] as const;
const TYPED = /(?:^|[\s\u00a0(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u;

/** A small editor: bold, italic, lists, and people named with `@`. What is pasted arrives as plain text. */
export class SalesPulseRichEditor extends LitElement {
  static override properties = {
    label: { attribute: false },
    texts: { attribute: false },
    findPeople: { attribute: false },
    people: { state: true },
    chosen: { state: true },
  };
  static override styles = [tokens, controls, richEditorStyles];

  declare label: string;
  /** names of the buttons and of the list of people */
  declare texts: Record<'bold' | 'italic' | 'insertUnorderedList' | 'people', string>;
  declare findPeople: (q: string) => Promise<readonly Named[]>;
  declare people: readonly Named[];
  declare chosen: number;
  #asked = 0;

  constructor() {
    super();
    this.label = '';
    this.people = [];
    this.chosen = 0;
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
      </div>
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

  #run(command: (typeof COMMANDS)[number][0]): void {
    this.#box?.focus();
    document.execCommand(command);
  }

  /** The text before the caret, and where it stands. */
  #caret(): { range: Range; before: string; node: Text; offset: number } | null {
    const root = this.renderRoot as ShadowRoot & { getSelection?(): Selection | null };
    const selection = root.getSelection?.() ?? document.getSelection();
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
    const root = this.renderRoot as ShadowRoot & { getSelection?(): Selection | null };
    (root.getSelection?.() ?? document.getSelection())?.collapse(space, 1);
  }

  readonly #pasted = (event: ClipboardEvent): void => {
    event.preventDefault();
    document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
  };
}

const refuse = (event: Event): void => event.preventDefault();
/** A click on a button leaves the caret where it is. */
const keepFocus = refuse;
