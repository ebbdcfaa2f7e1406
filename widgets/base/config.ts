import type { FetchClientSecret, Session } from './session-types.ts';

export type { FetchClientSecret } from './session-types.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** Page-wide defaults; an element's own attribute or property goes before them. */
export interface InitOptions {
  /** Address of the SalesPulse server, e.g. `https://sales.example.com`. Left out: where the script came from. */
  server?: string;
  fetchClientSecret?: FetchClientSecret;
  /** BCP 47, e.g. `de-DE`. Left out: the page's `lang`, else the browser's. */
  locale?: string;
  /** IANA name, e.g. `Europe/Berlin`. Left out: the browser's. */
  timeZone?: string;
  /** `auto` (default) follows the page's `color-scheme`. */
  theme?: Theme;
  /** A ready session; takes the place of `server` and `fetchClientSecret`. */
  session?: Session;
}

/** What an element may say for itself, by attribute or property. */
export interface ElementOptions {
  server?: string | undefined;
  sessionUrl?: string | undefined;
  fetchClientSecret?: FetchClientSecret | undefined;
  locale?: string | undefined;
  timeZone?: string | undefined;
  theme?: Theme | undefined;
  session?: Session | undefined;
}

export interface Config {
  server: string;
  fetchClientSecret: FetchClientSecret | undefined;
  locale: string;
  timeZone: string;
  theme: Theme;
  session: Session | undefined;
}

interface PageStore {
  options: InitOptions;
  defaultServer: string | undefined;
  changes: EventTarget;
}

// One store for a page, also where two versions of the script meet: whichever version's init() is called,
// the elements of both must hear it.
const storeKey = Symbol.for('salespulse.page');
const globals = globalThis as { [storeKey]?: PageStore };
const page = (): PageStore => {
  globals[storeKey] ??= { options: {}, defaultServer: undefined, changes: new EventTarget() };
  return globals[storeKey];
};

/** Sets the page-wide defaults. Later calls replace earlier ones; elements on the page follow at once. */
export function init(options: InitOptions): void {
  const store = page();
  store.options = { ...options };
  store.changes.dispatchEvent(new Event('change'));
}

/** The server to use where neither `init` nor an element names one. The first caller decides. */
export function setDefaultServer(server: string): void {
  const store = page();
  if (store.defaultServer) return;
  store.defaultServer = server;
  store.changes.dispatchEvent(new Event('change'));
}

/** Calls `listener` after every `init`; returns how to stop it. */
export function onConfigChange(listener: () => void): () => void {
  const { changes } = page();
  changes.addEventListener('change', listener);
  return () => changes.removeEventListener('change', listener);
}

const browserTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function validLocale(...candidates: (string | undefined)[]): string {
  for (const candidate of candidates) {
    if (!candidate) continue;
    try {
      return Intl.getCanonicalLocales(candidate)[0] ?? 'en';
    } catch {
      console.warn(`SalesPulse: "${candidate}" is not a locale such as de-DE; it is ignored.`);
    }
  }
  return 'en';
}

function validTimeZone(candidate: string | undefined): string {
  if (!candidate) return browserTimeZone();
  try {
    return new Intl.DateTimeFormat('en', { timeZone: candidate }).resolvedOptions().timeZone;
  } catch {
    console.warn(`SalesPulse: "${candidate}" is not a time zone such as Europe/Berlin; it is ignored.`);
    return browserTimeZone();
  }
}

const urlFetchers = new Map<string, FetchClientSecret>();

/** `session-url`: the page names an address of its own back end that answers POST with `{ clientSecret }`. */
function fetcherOf(url: string | undefined): FetchClientSecret | undefined {
  if (!url) return undefined;
  let fetcher = urlFetchers.get(url);
  if (!fetcher) {
    fetcher = async () => {
      const response = await fetch(url, { method: 'POST', credentials: 'same-origin' });
      if (!response.ok) throw new Error(`${url} answered ${response.status} instead of a client secret`);
      const { clientSecret } = (await response.json()) as { clientSecret: string };
      return clientSecret;
    };
    urlFetchers.set(url, fetcher);
  }
  return fetcher;
}

/** The element's own options over those of `init` over the defaults. Wrong locales and zones fall back. */
export function configFor(element: ElementOptions): Config {
  const { options, defaultServer } = page();
  const server =
    element.server || options.server || defaultServer || (typeof location === 'undefined' ? '' : location.origin);
  const ownSession = element.server || element.sessionUrl || element.fetchClientSecret ? undefined : options.session;
  return {
    server: server.replace(/\/+$/, ''),
    fetchClientSecret: element.fetchClientSecret ?? fetcherOf(element.sessionUrl) ?? options.fetchClientSecret,
    locale: validLocale(
      element.locale,
      options.locale,
      typeof document === 'undefined' ? undefined : document.documentElement.lang,
      typeof navigator === 'undefined' ? undefined : navigator.language,
    ),
    timeZone: validTimeZone(element.timeZone || options.timeZone),
    theme: element.theme || options.theme || 'auto',
    session: element.session ?? ownSession,
  };
}
