import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { SignInOptions } from '../../../backend/contracts/account.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ApiClient } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import type { PasswordJudge } from '../parts/password-input.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';

/** A page for people who are not signed in: one card with a heading. A new heading gets the focus. */
export abstract class ConsoleEntryPage extends ConsoleElement {
  static override properties: PropertyDeclarations = { session: { attribute: false }, done: { attribute: false } };

  declare session: Session;
  /** Somebody is signed in now. */
  declare done: (me: Me) => void;
  readonly #options = new Loader<SignInOptions>(this);
  #shownHeading = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('entry-page');
  }

  abstract get heading(): string;
  protected abstract content(): unknown;

  /** What the server offers; null while that isn't known, or can't be. */
  protected get options(): SignInOptions | null {
    return this.#options.data;
  }

  protected get isOptionsLoading(): boolean {
    return this.#options.state.kind === 'loading';
  }

  /** Judges a password while it is typed. */
  protected readonly judge: PasswordJudge = (password, signal) => {
    const about = new FormData(this.querySelector('form') ?? undefined);
    const typed = (name: string) => ({ [name]: String(about.get(name) ?? '') });
    return ask(this.session, 'auth/password/strength', { password, ...typed('email'), ...typed('name') }, signal);
  };

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#options.load((signal) => new ApiClient(this.session).get<SignInOptions>('auth/options', {}, { signal }));
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.heading === this.#shownHeading) return;
    this.#shownHeading = this.heading;
    document.title = `${this.heading} · ${t('app.name')}`;
    this.focusStart();
  }

  /** Where reading and typing begin. */
  protected focusStart(): void {
    this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<main class="entry">
      <div class="entry-card">
        <p class="brand">${icon('logo')}<span>${t('app.name')}</span></p>
        <h1 tabindex="-1">${this.heading}</h1>
        ${this.content()}
      </div>
    </main>`;
  }

  protected signInLink(label: string): TemplateResult {
    return html`<p class="entry-links"><a href="/sign-in">${label}</a></p>`;
  }

  /** Said wherever a mail is promised and the server has nobody to give it to. */
  protected outboxNote(): TemplateResult | typeof nothing {
    return this.options?.canMail === false
      ? html`<div class="banner banner-warning" role="status"><p>${t('entry.cannotMail')}</p></div>`
      : nothing;
  }
}
