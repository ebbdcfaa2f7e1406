import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { holdBack } from '../../shell/router.ts';

export interface LeaveGuardOptions {
  /** Would leaving lose something? */
  isUnsaved: () => boolean;
  /** Asks the person; true: they leave all the same. */
  mayLeave: () => Promise<boolean>;
  navigate: (address: string) => void;
}

/** Asks before a page with unsaved changes is left: by a link, the browser's way back, or closing it. */
export class LeaveGuard implements ReactiveController {
  readonly #options: LeaveGuardOptions;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: LeaveGuardOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    const here = location.pathname + location.search;
    this.#stop = holdBack((goal) => {
      if (!this.#options.isUnsaved()) return false;
      // The way back has changed the address already.
      if (location.pathname + location.search !== here) history.pushState(null, '', here);
      void this.#leaveFor(goal);
      return true;
    });
    window.addEventListener('beforeunload', this.#closing);
  }

  hostDisconnected(): void {
    this.#stop?.();
    window.removeEventListener('beforeunload', this.#closing);
  }

  readonly #closing = (event: Event): void => {
    if (this.#options.isUnsaved()) event.preventDefault();
  };

  async #leaveFor(goal: string): Promise<void> {
    if (await this.#options.mayLeave()) this.#options.navigate(goal);
  }
}
