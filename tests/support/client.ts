/** What an HTTP call answered. */
export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
  etag: string | null;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the API as somebody: with a console cookie, a bearer token, or nobody's credential. */
export class TestClient {
  readonly url: string;
  readonly credential: Record<string, string>;

  constructor(url: string, credential: Record<string, string> = {}) {
    this.url = url;
    this.credential = credential;
  }

  /** `path` below /api/v1, or absolute below the server when it begins with `//`. */
  async call<Body = never>(
    method: string,
    path: string,
    { body, headers = {} }: CallOptions = {},
  ): Promise<Answer<Body>> {
    const target = path.startsWith('//') ? `${this.url}${path.slice(1)}` : `${this.url}/api/v1${path}`;
    const isRaw = body instanceof Uint8Array || typeof body === 'string';
    const response = await fetch(target, {
      method,
      headers: {
        ...this.credential,
        ...(body === undefined || isRaw ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-SalesPulse-Request': '1' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text ? JSON.parse(text) : text) as Body,
      etag: response.headers.get('etag'),
    };
  }

  get<Body = never>(path: string, options?: CallOptions): Promise<Answer<Body>> {
    return this.call<Body>('GET', path, options);
  }
  post<Body = never>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.call<Body>('POST', path, { body, headers });
  }
  patch<Body = never>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.call<Body>('PATCH', path, { body, headers });
  }
  put<Body = never>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.call<Body>('PUT', path, { body, headers });
  }
  delete<Body = never>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.call<Body>('DELETE', path, { headers });
  }
}

/** Signs in over HTTP and answers a client that carries the session. */
export async function signIn(url: string, email: string, password: string): Promise<TestClient> {
  const answer = await new TestClient(url).post<{ detail?: string }>('/auth/login', { email, password });
  if (answer.status !== 200) throw new Error(`sign-in as ${email} answered ${answer.status}: ${answer.body.detail}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return new TestClient(url, { Cookie: cookie });
}
