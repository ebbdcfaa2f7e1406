import { type Answer, TestClient } from './client.ts';

/** A browser: it carries on with the cookie of the last answer that set one. */
export class Browser {
  readonly url: string;
  /** sent with every request */
  readonly headers: Record<string, string>;
  cookie = '';

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.headers = headers;
  }

  async call<Body = never>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const client = new TestClient(this.url, this.cookie ? { Cookie: this.cookie } : {});
    const { headers } = this;
    const answer = await client.call<Body>(method, path, body === undefined ? { headers } : { body, headers });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }
  get<Body = never>(path: string): Promise<Answer<Body>> {
    return this.call<Body>('GET', path);
  }
  post<Body = never>(path: string, body: unknown = {}): Promise<Answer<Body>> {
    return this.call<Body>('POST', path, body);
  }
  patch<Body = never>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.call<Body>('PATCH', path, body);
  }
  delete<Body = never>(path: string): Promise<Answer<Body>> {
    return this.call<Body>('DELETE', path);
  }
}
