import type { ApiError } from './api.ts';

/** Events that every element fires; all bubble and cross shadow roots. */
export interface SalesPulseEvents {
  /** The element shows its first data. */
  'salespulse-ready': CustomEvent<Record<string, never>>;
  /** Loading or changing something failed. */
  'salespulse-error': CustomEvent<{ error: ApiError }>;
  /** The server no longer accepts the session; nothing more is asked until a new one. */
  'salespulse-session-ended': CustomEvent<Record<string, never>>;
}

/** Fires a bubbling, composed event; false when a listener called `preventDefault()`. */
export function fire(from: EventTarget, name: `salespulse-${string}`, detail: object = {}): boolean {
  return from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}
