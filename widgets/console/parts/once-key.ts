/**
 * Idempotency keys for a form: sending the same body again after a lost answer carries the same key, so that the
 * server makes the record once; another body, or the next record, gets a new one.
 */
export class OnceKey {
  #body = '';
  #key = '';

  for(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.#key === '' || text !== this.#body) {
      this.#body = text;
      this.#key = randomKey();
    }
    return this.#key;
  }

  /** The record is made: the same body again means another one. */
  done(): void {
    this.#key = '';
  }
}

/** 128 random bits; unlike `crypto.randomUUID` also there on an intranet's plain http. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
