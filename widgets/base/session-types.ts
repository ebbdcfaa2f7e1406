/** Asks the host's own back end for a one-time client secret (it calls `POST /api/v1/embed/sessions`). */
export type FetchClientSecret = () => Promise<string>;

/** How requests reach the server in the name of the person looking. */
export interface Session {
  readonly kind: 'cookie' | 'embed';
  readonly server: string;
  /** Like `fetch`, for a path below `/api/v1`; adds the credentials. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls `listener` when the server no longer accepts this session; returns how to stop it. */
  onEnded(listener: () => void): () => void;
  end(): void;
}

/** Address of an API path, with or without its leading slash. */
export const apiUrl = (server: string, path: string) => `${server}/api/v1/${path.replace(/^\/+/, '')}`;
