/** The part of an address that browsers never send to a server, and where it stands. */
export interface TokenPlace {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
}

/**
 * The one-time token of a link (`#token=...`, or bare after the `#`), taken out of the address bar at once: neither
 * the history, a bookmark nor somebody looking over the shoulder keeps it. Null where the link carries none.
 */
export function takeToken({ location, history }: TokenPlace = globalThis): string | null {
  const fragment = location.hash.slice(1);
  if (fragment === '') return null;
  history.replaceState(null, '', location.pathname + location.search);
  const token = new URLSearchParams(fragment).get('token') ?? (fragment.includes('=') ? '' : fragment);
  return token === '' ? null : token;
}
