/** A page of the console and the address it answers to. */
export interface Route {
  /** Path with `:name` for a variable part, such as `/leads/:id`. */
  path: string;
  /** Custom element that shows the page. */
  tag: string;
  /** Brings the page's code (one chunk a page). */
  load: () => Promise<unknown>;
  /** Permission without which the page explains itself instead of loading; null: for everybody who is signed in. */
  permission: string | null;
  /** Further facts the page takes from the route, such as the kind of record. */
  props: Readonly<Record<string, string>>;
  /** A page outside the frame, for people who are not signed in. */
  isEntry?: boolean;
  /** An entry that makes no sense for somebody who is signed in. */
  isForStrangers?: boolean;
}

/** Where the person is: the route, its variable parts and the query of the address. */
export interface RouteMatch {
  route: Route | null;
  path: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

/** Finds the route of a path. No route: `route` is null and the page is "not found". */
export function matchRoute(routes: readonly Route[], path: string, search: string): RouteMatch {
  const query = new URLSearchParams(search);
  const parts = split(path);
  for (const route of routes) {
    const params = matchParts(split(route.path), parts);
    if (params) return { route, path, params, query };
  }
  return { route: null, path, params: {}, query };
}

/** True where both show the same page, so that only the query differs. */
export function isSamePage(a: RouteMatch | null, b: RouteMatch): boolean {
  return a !== null && a.route === b.route && a.path === b.path;
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function matchParts(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = parts[index] ?? '';
    if (expected.startsWith(':')) {
      const decoded = decode(actual);
      if (decoded === null) return null;
      params[expected.slice(1)] = decoded;
    } else if (expected !== actual) return null;
  }
  return params;
}

/** null for a path part that isn't valid percent-encoding. */
function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

export interface NavigateOptions {
  /** Replace the entry of the history instead of adding one. */
  replace?: boolean;
}

type Hold = (goal: string) => boolean;
const holds = new Set<Hold>();

/**
 * Asks before the person leaves by a link or the browser's way back: where `hold` answers true, the page stays, and it
 * navigates to the goal later, or not. Returns how to stop.
 */
export function holdBack(hold: Hold): () => void {
  holds.add(hold);
  return () => holds.delete(hold);
}

const isHeldBack = (goal: string): boolean => [...holds].some((hold) => hold(goal));

/** Follows the address through the history API and takes over clicks on links inside the console. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #onChange: (match: RouteMatch) => void;
  #abort: AbortController | null = null;

  constructor(routes: readonly Route[], onChange: (match: RouteMatch) => void) {
    this.#routes = routes;
    this.#onChange = onChange;
  }

  get current(): RouteMatch {
    return matchRoute(this.#routes, location.pathname, location.search);
  }

  start(): void {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    window.addEventListener(
      'popstate',
      () => {
        if (!isHeldBack(location.pathname + location.search)) this.#onChange(this.current);
      },
      { signal },
    );
    document.addEventListener('click', (event) => this.#followLink(event), { signal });
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** Goes to an address of the console (path with query). */
  navigate(address: string, { replace = false }: NavigateOptions = {}): void {
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.#onChange(this.current);
  }

  #followLink(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    if (!matchRoute(this.#routes, link.pathname, link.search).route) return;
    event.preventDefault();
    const goal = link.pathname + link.search + link.hash;
    if (!isHeldBack(goal)) this.navigate(goal);
  }
}
