import { ApiError } from '../../base/api.ts';

/** Refused for now: too many attempts. The server says how long to wait. */
export class WaitError extends ApiError {
  readonly seconds: number;

  constructor(seconds: number, detail: string) {
    super({ status: 429, code: 'too_many_requests', detail });
    this.seconds = seconds;
  }
}
