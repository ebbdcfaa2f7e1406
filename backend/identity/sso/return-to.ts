/** Only to tell our own addresses from others; nothing is ever sent there. */
const HERE = 'http://here.invalid';

/**
 * Where to send a person once signed in: an address of the console, as `/path?query#fragment`. Whatever could lead
 * elsewhere (another host, a scheme, `//`, backslashes, control characters) and the API's own addresses become `/`.
 */
export function returnAddress(wanted: string | undefined): string {
  if (wanted === undefined || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(wanted) || !URL.canParse(wanted, HERE)) return '/';
  const url = new URL(wanted, HERE);
  // Dot segments may leave two slashes at the front: /.//elsewhere.example
  const path = url.pathname;
  if (url.origin !== HERE || path.startsWith('//') || /^\/api(\/|$)/i.test(path)) return '/';
  return `${path}${url.search}${url.hash}`;
}
