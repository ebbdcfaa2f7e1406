/** A request that never reached the API because the page has no usable session. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: 'session_ended' | 'session_unavailable' | 'not_configured';

  constructor(code: SessionError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
