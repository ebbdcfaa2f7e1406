import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecordEvent, RecordsEvent } from '../../../backend/contracts/live.ts';
import type { ApiClient } from '../../base/api.ts';
import type { Session } from '../../base/session-types.ts';
import { listenLive } from '../../live/live-events.ts';

interface Host extends ReactiveControllerHost {
  readonly api: ApiClient;
  refresh(): Promise<void>;
}

/** Several events that belong together are one reason to look. */
const gatherMs = 300;

/** Refreshes a panel when something happens to its record, whoever did it. */
export class LiveRecord implements ReactiveController {
  readonly #host: Host;
  readonly #shown: () => { type: string; id: string } | null;
  #session: Session | undefined;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `shown`: the record on screen; null while there is none. */
  constructor(host: Host, shown: () => { type: string; id: string } | null) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  /** Listens once there is something to listen for, in the name of the session the panel has now. */
  hostUpdated(): void {
    const { session } = this.#host.api;
    if (!this.#shown() || session === this.#session) return;
    this.hostDisconnected();
    this.#session = session;
    this.#stop = listenLive(session, {
      event: (type, data) => this.#hear(type, data),
      reopened: () => this.#soon(),
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#session = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #hear(type: string, data: unknown): void {
    const shown = this.#shown();
    if (!shown) return;
    if (type === 'records' && (data as RecordsEvent).entity === shown.type) this.#soon();
    if (type !== 'record') return;
    const { entity, id } = data as RecordEvent;
    if (entity === shown.type && id === shown.id) this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#host.refresh();
    }, gatherMs);
  }
}
