/** Those who want to know that a session has ended; each ending is told once. */
export class EndedListeners {
  readonly #listeners = new Set<() => void>();
  #hasEnded = false;

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const listener of [...this.#listeners]) listener();
  }

  revive(): void {
    this.#hasEnded = false;
  }
}
