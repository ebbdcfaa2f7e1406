import { type CSSResultGroup, LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import { tokens } from '../styles/tokens.ts';
import { ApiClient } from './api.ts';
import { type Config, configFor, type FetchClientSecret, onConfigChange, type Theme } from './config.ts';
import type { DataState } from './data-controller.ts';
import { fire } from './events.ts';
import { Format } from './format.ts';
import { type Messages, translate, type Variables } from './i18n.ts';
import { baseMessages } from './messages.ts';
import { type Session, sessionFor } from './session.ts';

/**
 * What all SalesPulse elements share: where the data comes from, how values are written, which theme is on.
 *
 * @fires salespulse-ready - the element shows its first data
 * @fires salespulse-error - loading or changing something failed; `detail.error`
 * @fires salespulse-session-ended - the server no longer accepts the session
 */
export abstract class SalesPulseElement extends LitElement {
  static override properties: PropertyDeclarations = {
    server: { type: String },
    sessionUrl: { type: String, attribute: 'session-url' },
    locale: { type: String },
    timeZone: { type: String, attribute: 'time-zone' },
    theme: { type: String, reflect: true },
    fetchClientSecret: { attribute: false },
    session: { attribute: false },
  };
  static override styles: CSSResultGroup = [tokens];
  /** The element's own texts; they go before those of the base. */
  static messages: Messages | undefined;

  /** Address of the SalesPulse server. */
  declare server: string | undefined;
  /** Address of the host's back end that answers POST with `{ clientSecret }`. */
  declare sessionUrl: string | undefined;
  /** BCP 47, e.g. `de-DE`. */
  declare locale: string | undefined;
  /** IANA name, e.g. `Europe/Berlin`. */
  declare timeZone: string | undefined;
  /** `auto` follows the page's `color-scheme`. */
  declare theme: Theme | undefined;
  /** Like `fetchClientSecret` of `SalesPulse.init`, for this element alone. */
  declare fetchClientSecret: FetchClientSecret | undefined;
  /** A ready session, for this element alone. */
  declare session: Session | undefined;

  #config: Config | undefined;
  #api: ApiClient | undefined;
  #format: Format | undefined;
  #isReady = false;
  #stopConfig: (() => void) | undefined;
  #stopEnded: (() => void) | undefined;

  /** The element's own options over those of `SalesPulse.init`. */
  get config(): Config {
    this.#config ??= configFor(this);
    return this.#config;
  }

  /** The API in the name of the person looking; a new object once the session is another. */
  get api(): ApiClient {
    this.#api ??= new ApiClient(sessionFor(this.config));
    return this.#api;
  }

  /** Writes money, numbers and dates as the reader's locale does. */
  get format(): Format {
    const { locale, timeZone } = this.config;
    if (this.#format?.locale !== locale || this.#format.timeZone !== timeZone)
      this.#format = new Format(locale, timeZone);
    return this.#format;
  }

  /** The text for `key` in the reader's language. */
  t(key: string, variables?: Variables): string {
    const { messages } = this.constructor as typeof SalesPulseElement;
    return translate([messages, baseMessages], this.config.locale, key, variables);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopConfig = onConfigChange(() => this.reconnect());
    this.reconnect();
  }

  override disconnectedCallback(): void {
    this.#stopConfig?.();
    this.#stopEnded?.();
    super.disconnectedCallback();
  }

  /** Reads the configuration anew and takes the session it asks for: after `init`, or to try again after one ended. */
  reconnect(): void {
    this.#config = undefined;
    const session = sessionFor(this.config);
    if (this.#api?.session !== session) this.#api = new ApiClient(session);
    this.#stopEnded?.();
    this.#stopEnded = session.onEnded(() => {
      fire(this, 'salespulse-session-ended');
      this.requestUpdate();
    });
    this.requestUpdate();
  }

  /** Called by data controllers; tells the page. */
  dataSettled(state: DataState<unknown>): void {
    if (state.error) fire(this, 'salespulse-error', { error: state.error });
    if (this.#isReady || (state.kind !== 'ready' && state.kind !== 'empty')) return;
    this.#isReady = true;
    void this.updateComplete.then(() => fire(this, 'salespulse-ready'));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const own = Object.keys(SalesPulseElement.properties);
    if (own.some((name) => changed.has(name))) this.reconnect();
    // By CSSOM, which a strict CSP allows: the theme of init() has no attribute that CSS could see.
    const { theme } = this.config;
    this.style.colorScheme = theme === 'auto' ? '' : theme;
  }
}
