import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { isAbort } from '../../base/api.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { translate, type Variables } from '../../base/i18n.ts';
import type { Session } from '../../base/session.ts';
import { controls } from '../../styles/controls.ts';
import { exportMenuMessages } from './export-menu.messages.ts';
import {
  type ExportJobs,
  type FetchedFile,
  type FileFormat,
  type FileRequest,
  fetchFile,
  save,
  type Waiting,
} from './fetch-file.ts';

type State =
  | { kind: 'idle' }
  | { kind: 'working'; job: Job | null }
  | { kind: 'done'; name: string }
  | { kind: 'failed'; sentence: string };

/** As many digits as a file's name has of it. */
const SHOWN_OF_HASH = 12;

/** What the reader looks at: a picture is in its colours. */
function themeOf(element: Element): 'light' | 'dark' {
  const schemes = getComputedStyle(element).colorScheme;
  if (!schemes.includes('dark')) return 'light';
  return !schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * A button with a menu of file formats, in the head of what is exported; says how far a long export is.
 *
 * @tag salespulse-export-menu
 * @csspart button - the button
 * @csspart menu - the menu
 */
export class SalesPulseExportMenu extends LitElement {
  static override properties: PropertyDeclarations = {
    host: { attribute: false },
    request: { attribute: false },
    formats: { attribute: false },
    jobs: { attribute: false },
    dataHash: { attribute: false },
    isOpen: { state: true },
    state: { state: true },
  };
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
        display: inline-block;
      }

      .popup {
        position: absolute;
        inset-block-start: calc(100% + 0.25rem);
        inset-inline-end: 0;
        z-index: 5;
        min-inline-size: 12rem;
        max-inline-size: calc(100vw - 2rem);
        padding: 0.25rem;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-small);
        background: var(--_surface-raised);
        box-shadow: var(--_shadow-raised);
      }

      [role='menu'] {
        display: grid;
      }

      [role='menu'] button {
        border-color: transparent;
        background: none;
        text-align: start;
      }

      .hash {
        margin: 0.25rem 0 0;
        padding: 0.5rem 0.75rem 0.25rem;
        border-block-start: 1px solid var(--_border);
        color: var(--_text-muted);
        font-size: var(--_font-size-small);
      }

      .note {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        margin: 0.25rem 0 0;
        font-size: var(--_font-size-small);
        overflow-wrap: anywhere;
      }

      .note:empty {
        margin: 0;
      }

      .failed {
        color: var(--_negative);
      }
    `,
  ];

  /** The element whose figures are exported: it has the session, the language and the time zone. */
  declare host: SalesPulseElement | undefined;
  /** What is exported; asked when a format is chosen. */
  declare request: (() => FileRequest) | undefined;
  declare formats: readonly FileFormat[];
  /** Where exports run as jobs. */
  declare jobs: ExportJobs | undefined;
  /** Of the figures on screen; files of the same figures carry the same. */
  declare dataHash: string | undefined;
  declare isOpen: boolean;
  declare state: State;
  #waiting: AbortController | undefined;
  /** for what a reload left behind */
  #hasLooked = false;

  constructor() {
    super();
    this.formats = ['csv', 'xlsx', 'pdf', 'png', 'svg'];
    this.isOpen = false;
    this.state = { kind: 'idle' };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#waiting?.abort();
    this.#hasLooked = false;
  }

  #t(key: string, variables: Variables = {}): string {
    return translate([exportMenuMessages], this.host?.config.locale ?? 'en', key, variables);
  }

  protected override updated(): void {
    const { host, jobs } = this;
    if (!host || !jobs || this.#hasLooked || !this.isConnected) return;
    this.#hasLooked = true;
    const left = jobs.left();
    if (left) void this.#run((session, waiting) => jobs.wait(session, left, waiting));
  }

  #export(format: FileFormat): void {
    const { host, request } = this;
    if (!host || !request) return;
    this.#close();
    const { locale, timeZone } = host.config;
    const asked = { locale, timeZone, theme: themeOf(this), ...request() };
    void this.#run((session, waiting) => fetchFile(session, asked, format, waiting));
  }

  async #run(fetched: (session: Session, waiting: Waiting) => Promise<FetchedFile>): Promise<void> {
    const { host, jobs } = this;
    if (!host) return;
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.state = { kind: 'working', job: null };
    let state: State = { kind: 'idle' };
    try {
      const file = await fetched(host.api.session, {
        jobs,
        signal: waiting.signal,
        family: getComputedStyle(this).fontFamily,
        progress: (job) => {
          this.state = { kind: 'working', job };
        },
      });
      save(file);
      state = { kind: 'done', name: file.name };
    } catch (error) {
      if (!isAbort(error)) state = this.#failed(error);
    }
    if (this.#waiting !== waiting) return;
    this.#waiting = undefined;
    this.state = state;
  }

  #failed(error: unknown): State {
    return { kind: 'failed', sentence: (error instanceof Error && error.message) || this.#t('failed') };
  }

  /** Also ends the job, where there is one. */
  async #cancel(job: Job | null): Promise<void> {
    const { host, jobs } = this;
    const waiting = this.#waiting;
    try {
      if (job && host) await jobs?.cancel(host.api.session, job.id);
      this.state = { kind: 'idle' };
    } catch (error) {
      this.state = this.#failed(error);
    }
    this.#waiting = undefined;
    waiting?.abort();
  }

  async #open(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }

  #close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.renderRoot.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    const goals: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const goal = goals[event.key];
    if (event.key === 'Escape') this.#close();
    else if (goal === undefined) return;
    else items.at(goal % items.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  #onFocusOut({ currentTarget, relatedTarget }: FocusEvent): void {
    if (!(currentTarget as HTMLElement).contains(relatedTarget as Node | null)) this.isOpen = false;
  }

  #note(): TemplateResult | typeof nothing {
    const { state } = this;
    switch (state.kind) {
      case 'idle':
        return nothing;
      case 'working':
        return html`<span>${this.#t('working')}</span>
          <progress
            aria-label=${this.#t('working')}
            max=${state.job?.total ?? nothing}
            value=${state.job?.total ? state.job.done : nothing}
          ></progress>
          ${state.job || !this.jobs ? html`<button type="button" @click=${() => void this.#cancel(state.job)}>${this.#t('cancel')}</button>` : nothing}`;
      case 'done':
        return html`<span>${this.#t('done', { name: state.name })}</span>`;
      case 'failed':
        return html`<span class="failed">${state.sentence}</span>`;
      default:
        return state satisfies never;
    }
  }

  #popup(): TemplateResult {
    const { dataHash } = this;
    return html`<div class="popup" @focusout=${this.#onFocusOut}>
      <div role="menu" part="menu" aria-label=${this.#t('export')} @keydown=${this.#onKey}>
        ${this.formats.map(
          (format) =>
            html`<button type="button" role="menuitem" @click=${() => this.#export(format)}>
              ${this.#t(format)}
            </button>`,
        )}
      </div>
      ${dataHash ? html`<p class="hash" tabindex="-1">${this.#t('hash', { hash: dataHash.slice(0, SHOWN_OF_HASH) })}</p>` : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        part="button"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        @click=${() => (this.isOpen ? this.#close() : void this.#open())}
      >
        ${this.#t('export')}
      </button>
      ${this.isOpen ? this.#popup() : nothing}
      <div class="note" role="status">${this.#note()}</div>`;
  }
}
