import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Counts seconds down to zero and has its host show it. */
export class Countdown implements ReactiveController {
  secondsLeft = 0;
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  start(seconds: number): void {
    clearInterval(this.#timer);
    const until = Date.now() + seconds * 1000;
    const tick = () => {
      this.secondsLeft = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      if (this.secondsLeft === 0) clearInterval(this.#timer);
      this.#host.requestUpdate();
    };
    this.#timer = setInterval(tick, 1000);
    tick();
  }
}
