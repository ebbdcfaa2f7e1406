import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Job } from '../../../backend/contracts/jobs.ts';
import type { ApiClient } from '../../base/api.ts';
import { ApiError } from '../../base/api.ts';

/** Pause between two looks at a job. */
const pauseMs = 500;

/** Follows a job until it ends. A lost connection doesn't end the job, so it is asked for again. */
export class JobWatch implements ReactiveController {
  /** The job while it is under way, else null. */
  job: Job | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #api: () => ApiClient;
  readonly #ended: (job: Job | null) => unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** @param ended called with the job as it ended, or null when the server no longer knows it */
  constructor(host: ReactiveControllerHost, api: () => ApiClient, ended: (job: Job | null) => unknown) {
    this.#host = host;
    this.#api = api;
    this.#ended = ended;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.job = null;
  }

  start(job: Job): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#show(job);
    this.#wait(this.#turn);
  }

  #wait(turn: number): void {
    this.#timer = setTimeout(() => void this.#look(turn), pauseMs);
  }

  async #look(turn: number): Promise<void> {
    if (!this.job) return;
    const job = await this.#ask(this.job.id);
    if (turn !== this.#turn) return;
    if (job === undefined) this.#wait(turn);
    else if (job === null || job.state === 'done' || job.state === 'failed') {
      this.#show(null);
      this.#ended(job);
    } else {
      this.#show(job);
      this.#wait(turn);
    }
  }

  /** null: the server doesn't know the job; undefined: no answer, ask again. */
  async #ask(id: string): Promise<Job | null | undefined> {
    try {
      return await this.#api().get<Job>(`jobs/${id}`);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
      return isRefused ? null : undefined;
    }
  }

  #show(job: Job | null): void {
    this.job = job;
    this.#host.requestUpdate();
  }
}
