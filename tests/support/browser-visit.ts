const MAX_STEPS = 20;

/** One answer on the way. */
export interface Visit {
  url: URL;
  status: number;
  headers: Headers;
  body: string;
}

/** A browser as far as redirects and cookies go: what passes through several origins needs no more. */
export class Visitor {
  readonly cookies = new Map<string, Map<string, string>>();

  /** One request; redirects are not followed. */
  async get(address: string | URL): Promise<Visit> {
    const url = new URL(address);
    const jar = this.cookies.get(url.origin) ?? new Map<string, string>();
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { headers: cookie ? { Cookie: cookie } : {}, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const [name = '', ...value] = pair.split('=');
      if (value.join('=') === '') jar.delete(name);
      else jar.set(name, value.join('='));
    }
    this.cookies.set(url.origin, jar);
    return { url, status: response.status, headers: response.headers, body: await response.text() };
  }

  /** Where a redirect leads; null where the answer is none. */
  static next({ status, headers, url }: Visit): URL | null {
    const location = headers.get('location');
    return status >= 300 && status < 400 && location !== null ? new URL(location, url) : null;
  }

  /** Follows redirects until `isThere`, which is not asked for, or until a page. */
  async follow(address: string | URL, isThere: (url: URL) => boolean = () => false): Promise<URL> {
    let url = new URL(address);
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (isThere(url)) return url;
      const next = Visitor.next(await this.get(url));
      if (next === null) return url;
      url = next;
    }
    throw new Error(`More than ${MAX_STEPS} redirects, the last to ${url.href}`);
  }
}
