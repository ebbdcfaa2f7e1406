import { html, type PropertyValues } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ApiClient, ApiError } from '../../base/api.ts';
import { Format } from '../../base/format.ts';
import type { Session } from '../../base/session.ts';
import type { App, Confirmation } from '../app.ts';
import type { ConsoleConfirm } from '../parts/confirm.ts';
import { ConsoleElement, PageTitleEvent } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { errorState, loadingState } from '../parts/states.ts';
import type { ConsoleToasts } from '../parts/toasts.ts';
import { t } from '../text.ts';
import { EntryOutlet } from './entry-outlet.ts';
import { navigationView, startPath } from './navigation.ts';
import { Outlet } from './outlet.ts';
import { type NavigateOptions, type RouteMatch, Router } from './router.ts';
import { entryRoutes, ownAccountPath, routes } from './routes.ts';

type ShellState =
  | { kind: 'starting' }
  | { kind: 'unreachable'; error: unknown }
  | { kind: 'signed-out'; reason: string | null }
  | { kind: 'signed-in'; app: App };

/**
 * The frame of the console: who is signed in, the navigation, and the page of the address. When the session ends the
 * address stays and the sign-in takes the page's place; the same person finds the page as it was left.
 */
export class ConsoleShell extends ConsoleElement {
  static override properties = { session: { attribute: false }, state: { state: true }, path: { state: true } };

  declare session: Session;
  declare state: ShellState;
  declare path: string;
  readonly #outlet = new Outlet();
  readonly #entry = new EntryOutlet();
  readonly #router = new Router([...entryRoutes, ...routes], (match) => void this.#show(match));
  #lastPerson: string | null = null;
  #stopEnded: (() => void) | undefined;

  constructor() {
    super();
    this.state = { kind: 'starting' };
    this.path = location.pathname;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(PageTitleEvent.type, this.#titled);
    this.#stopEnded = this.session.onEnded(() => this.#ended());
    this.#router.start();
    void this.#show(this.#router.current);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener(PageTitleEvent.type, this.#titled);
    this.#stopEnded?.();
    this.#router.stop();
  }

  protected override render() {
    if (this.#entry.page) return html`${this.#entry.page}`;
    switch (this.state.kind) {
      case 'starting':
        return html`<div class="splash" role="status">${icon('logo')}<span>${t('app.starting')}</span></div>`;
      case 'unreachable':
        return html`<main class="splash">${errorState(this.state.error, () => void this.#start())}</main>`;
      case 'signed-out':
        return html`<salespulse-console-sign-in .session=${this.session} .reason=${this.state.reason} .done=${this.#welcome}></salespulse-console-sign-in>`;
      case 'signed-in':
        return this.#frame(this.state.app);
    }
  }

  #frame(app: App) {
    const { content } = this.#outlet;
    return html`<a class="skip-link" href="#main" @click=${this.#skip}>${t('app.skip')}</a>
      <header class="app-header">
        <button type="button" class="icon-button menu-button" aria-label=${t('app.menu')} @click=${this.#openMenu}>${icon('menu')}</button>
        <a class="brand" href=${startPath(app.me)} aria-label=${t('app.name')}>${icon('logo')}<span>${t('app.name')}</span></a>
        <salespulse-console-global-search .app=${app}></salespulse-console-global-search>
        <salespulse-console-notification-menu .app=${app}></salespulse-console-notification-menu>
        <salespulse-console-account-menu .me=${app.me} .signOut=${this.#signOut}></salespulse-console-account-menu>
      </header>
      <div class="app-side">${navigationView(app.me, this.path)}</div>
      <dialog class="drawer" aria-label=${t('app.menu')} @click=${this.#menuClicked}>
        <div class="drawer-content">
          <button type="button" class="icon-button" aria-label=${t('app.menu.close')} data-close>${icon('close')}</button>
          ${navigationView(app.me, this.path)}
        </div>
      </dialog>
      <main id="main" class="app-main" tabindex="-1">
        ${content === null ? html`<div class="page">${loadingState()}</div>` : (content.page ?? content.notice.view)}
      </main>
      <salespulse-console-toasts></salespulse-console-toasts>
      <salespulse-console-confirm></salespulse-console-confirm>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('state') && this.state.kind !== 'signed-in') this.#closeMenu();
  }

  async #start(): Promise<void> {
    this.state = { kind: 'starting' };
    try {
      this.#welcome(await new ApiClient(this.session).get<Me>('me'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.state = { kind: 'signed-out', reason: null };
      else this.state = { kind: 'unreachable', error };
    }
  }

  readonly #welcome = (me: Me): void => {
    if (this.#lastPerson !== me.id) this.#outlet.clear();
    this.#lastPerson = me.id;
    const locale = me.locale ?? navigator.language;
    const app: App = {
      api: new ApiClient(this.session),
      session: this.session,
      me,
      format: new Format(locale, me.timeZone),
      navigate: (address: string, options?: NavigateOptions) => this.#router.navigate(address, options),
      notify: (message, tone = 'success') =>
        this.querySelector<ConsoleToasts>('salespulse-console-toasts')?.show(message, tone),
      confirm: (question: Confirmation) =>
        this.querySelector<ConsoleConfirm>('salespulse-console-confirm')?.ask(question) ?? Promise.resolve(false),
      meChanged: (changed) => this.#welcome(changed),
      leave: (reason) => this.#leave(reason),
    };
    this.state = { kind: 'signed-in', app };
    void this.#show(this.#router.current);
  };

  /** Somebody signed in on a page made for that, such as an invitation's: on to where they start. */
  readonly #arrived = (me: Me): void => {
    this.#welcome(me);
    if (this.#entry.page) this.#router.navigate(startPath(me), { replace: true });
  };

  async #show(match: RouteMatch): Promise<void> {
    this.path = match.path;
    if (this.state.kind === 'signed-in' && match.route?.isForStrangers) {
      this.#router.navigate(startPath(this.state.app.me), { replace: true });
      return;
    }
    if (this.state.kind === 'signed-in' && owesSecondStep(this.state.app.me, match)) {
      this.#router.navigate(ownAccountPath, { replace: true });
      return;
    }
    this.#entry.show(match, { session: this.session, done: this.#arrived });
    this.requestUpdate();
    if (this.state.kind !== 'signed-in' || this.#entry.page) return;
    const isFirst = this.#outlet.content === null;
    // On leaving, not on arriving: somebody may have opened the menu while the page was loading.
    if (!isFirst) this.#closeMenu();
    const isAnother = await this.#outlet.show(this.state.app, match);
    if (!isAnother) return;
    this.requestUpdate();
    await this.updateComplete;
    const { content } = this.#outlet;
    if (content?.notice) this.#setTitle(content.notice.title);
    if (isFirst) return;
    await content?.page?.updateComplete;
    scrollTo(0, 0);
    const target = this.querySelector<HTMLElement>('#main h1') ?? this.querySelector<HTMLElement>('#main');
    target?.focus({ preventScroll: true });
  }

  readonly #titled = (event: Event): void => {
    if (event instanceof PageTitleEvent) this.#setTitle(event.heading);
  };

  #setTitle(heading: string): void {
    document.title = `${heading} · ${t('app.name')}`;
  }

  #ended(): void {
    // Before the first answer to `me` there was no session that could end.
    if (this.state.kind === 'signed-in') this.state = { kind: 'signed-out', reason: t('app.sessionEnded') };
  }

  readonly #signOut = async (): Promise<void> => {
    if (this.state.kind !== 'signed-in') return;
    try {
      await this.state.app.api.send('POST', 'auth/logout');
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) {
        this.state.app.notify(error instanceof Error ? error.message : t('problem.unexpected'), 'error');
        return;
      }
    }
    this.#leave(t('app.signedOut'));
  };

  #leave(reason: string): void {
    this.#outlet.clear();
    this.#lastPerson = null;
    this.state = { kind: 'signed-out', reason };
    history.replaceState(null, '', '/');
    this.path = '/';
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  get #menu(): HTMLDialogElement | null {
    return this.querySelector('dialog.drawer');
  }

  readonly #openMenu = (): void => this.#menu?.showModal();

  #closeMenu(): void {
    if (this.#menu?.open) this.#menu.close();
  }

  /** Closes on the cross, on the backdrop and on a link (also the one to the page that shows already). */
  readonly #menuClicked = (event: Event): void => {
    const target = event.target as Element;
    if (target === this.#menu || target.closest('[data-close], a')) this.#closeMenu();
  };
}

/** The server opens nothing but their own account to people who must set up a second step first. */
const owesSecondStep = (me: Me, { route, path }: RouteMatch): boolean =>
  me.mustAddSecondStep && !route?.isEntry && path !== ownAccountPath;
