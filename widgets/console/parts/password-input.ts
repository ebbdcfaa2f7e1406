import { html, nothing, type PropertyValues } from 'lit';
import type { PasswordStrength } from '../../../backend/contracts/account.ts';
import { isAbort } from '../../base/api.ts';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks the server how well a password protects; its list of common passwords is too big for a page. */
export type PasswordJudge = (password: string, signal: AbortSignal) => Promise<PasswordStrength>;

/** Pause after the last key before asking. */
const typingPauseMs = 350;
const scores = [0, 1, 2, 3, 4] as const;

/** A password with a button that shows what was typed, and, where one is chosen, how strong it is: in words. */
export class ConsolePasswordInput extends ConsoleElement {
  static override properties = {
    inputId: { attribute: false },
    name: { attribute: false },
    autocomplete: { attribute: false },
    judge: { attribute: false },
    isRequired: { attribute: false },
    isInvalid: { attribute: false },
    describedBy: { attribute: false },
    isShown: { state: true },
    strength: { state: true },
    hasFailed: { state: true },
  };

  declare inputId: string;
  declare name: string;
  declare autocomplete: string;
  /** Left out: nothing is said about the strength. */
  declare judge: PasswordJudge | undefined;
  declare isRequired: boolean;
  declare isInvalid: boolean;
  declare describedBy: string;
  declare isShown: boolean;
  declare strength: PasswordStrength | null;
  declare hasFailed: boolean;
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.autocomplete = 'current-password';
    this.isRequired = false;
    this.isInvalid = false;
    this.describedBy = '';
    this.isShown = false;
    this.strength = null;
    this.hasFailed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  /** Hidden again when the form is sent, so that a password manager knows it for a password. */
  protected override firstUpdated(_changed: PropertyValues): void {
    this.closest('form')?.addEventListener('submit', () => {
      this.isShown = false;
    });
  }

  protected override render() {
    const note = `${this.inputId}-strength`;
    const notes = [this.describedBy, this.judge ? note : ''].filter(Boolean).join(' ');
    return html`<div class="password">
        <input id=${this.inputId} name=${this.name} type=${this.isShown ? 'text' : 'password'} autocomplete=${this.autocomplete}
          autocapitalize="none" spellcheck="false" maxlength="1024" aria-required=${String(this.isRequired)}
          aria-invalid=${this.isInvalid ? 'true' : nothing} aria-describedby=${notes || nothing} @input=${this.#typed} />
        <button type="button" class="password-toggle" aria-pressed=${String(this.isShown)} aria-controls=${this.inputId} @click=${this.#toggle}>
          ${t(this.isShown ? 'password.hide' : 'password.show')}<span class="visually-hidden"> ${t('password.shown')}</span>
        </button>
      </div>
      ${this.judge ? this.#meter(note) : nothing}`;
  }

  #meter(id: string) {
    const { strength } = this;
    const score = strength?.score ?? -1;
    return html`<div class="strength">
      <div class="strength-bar" aria-hidden="true">${scores.map((step) => html`<span class=${step <= score ? `is-on is-score-${score}` : ''}></span>`)}</div>
      <p class="field-help" id=${id} aria-live="polite">${this.hasFailed ? t('password.unknown') : strength ? strengthText(strength) : t('password.rule')}</p>
    </div>`;
  }

  readonly #toggle = (): void => {
    this.isShown = !this.isShown;
  };

  readonly #typed = (event: Event): void => {
    if (!this.judge) return;
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    if (value === '') this.#say(null);
    else this.#timer = setTimeout(() => void this.#ask(value), typingPauseMs);
  };

  async #ask(password: string): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const strength = await this.judge?.(password, abort.signal);
      if (!abort.signal.aborted) this.#say(strength ?? null);
    } catch (error) {
      // The meter only helps: the server judges again when the password is sent.
      if (!isAbort(error) && !abort.signal.aborted) this.#say(null, true);
    }
  }

  #say(strength: PasswordStrength | null, hasFailed = false): void {
    this.strength = strength;
    this.hasFailed = hasFailed;
  }
}

/** The strength in words; what to do about it comes from the server. */
export function strengthText({ score, isAcceptable, message }: PasswordStrength): string {
  const word = t(isAcceptable ? `password.score.${Math.max(2, score)}` : 'password.score.tooWeak');
  return message ? t('password.strength.why', { word, message }) : t('password.strength', { word });
}
