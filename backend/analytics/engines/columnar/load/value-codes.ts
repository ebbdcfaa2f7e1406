const START = 1024;
/** Numbers that tell a short value: its length, and four words of its bytes, which may overlap. */
const WORDS = 5;
const SHORT = 16;

/**
 * Numbers for values that come again and again as bytes, texts or uuids: each is handed to `codeFor` once, and known
 * from then on. Millions of rows name a few thousand products and people.
 */
export class ValueCodes {
  readonly #codeFor: (bytes: Buffer, from: number, to: number) => number;
  /** where in the lists a value is, and one more; 0: nowhere */
  #slots = new Int32Array(START);
  #words = new Int32Array((START / 2) * WORDS);
  #codes = new Int32Array(START / 2);
  #count = 0;
  /** values of more than 16 bytes */
  readonly #long = new Map<string, number>();
  /** of which bytes the view is */
  #bytes: Buffer | null = null;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(codeFor: (bytes: Buffer, from: number, to: number) => number) {
    this.#codeFor = codeFor;
  }

  /** The number of the value that `bytes` holds from `from` to before `to`. */
  codeOf(bytes: Buffer, from: number, to: number): number {
    const length = to - from;
    if (length > SHORT) return this.#codeOfLong(bytes, from, to);
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    if (length >= 4) {
      const view = this.#viewOf(bytes);
      a = view.getInt32(from);
      if (length >= 8) {
        b = view.getInt32(from + 4);
        c = view.getInt32(to - 8);
        d = view.getInt32(to - 4);
      } else {
        b = view.getInt32(to - 4);
      }
    } else {
      for (let at = from; at < to; at++) a = (a << 8) | (bytes[at] as number);
    }
    const words = this.#words;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(a, b, c, d) & mask;
    for (;;) {
      const place = (slots[slot] as number) - 1;
      if (place < 0) break;
      const at = place * WORDS;
      if (
        words[at] === a &&
        words[at + 1] === b &&
        words[at + 2] === c &&
        words[at + 3] === d &&
        words[at + 4] === length
      ) {
        return this.#codes[place] as number;
      }
      slot = (slot + 1) & mask;
    }
    return this.#add([a, b, c, d, length], slot, this.#codeFor(bytes, from, to));
  }

  /** Words are read through a view, which is quicker than byte by byte. */
  #viewOf(bytes: Buffer): DataView {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#view;
  }

  #codeOfLong(bytes: Buffer, from: number, to: number): number {
    const key = bytes.toString('latin1', from, to);
    let code = this.#long.get(key);
    if (code === undefined) {
      code = this.#codeFor(bytes, from, to);
      this.#long.set(key, code);
    }
    return code;
  }

  #add(words: readonly number[], slot: number, code: number): number {
    const place = this.#count++;
    if (place === this.#codes.length) {
      this.#codes = grown(this.#codes);
      this.#words = grown(this.#words);
    }
    this.#words.set(words, place * WORDS);
    this.#codes[place] = code;
    this.#slots[slot] = place + 1;
    if (this.#count * 2 > this.#slots.length) this.#spread();
    return code;
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    const word = (index: number): number => this.#words[index] as number;
    for (let place = 0, at = 0; place < this.#count; place++, at += WORDS) {
      let slot = hashOf(word(at), word(at + 1), word(at + 2), word(at + 3)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  const hash =
    Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(c ^ Math.imul(d, 0x9e3779b1), 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}

/** 16 bytes as PostgreSQL writes a uuid. */
export function decodeUuid(bytes: Buffer, from: number): string {
  const hex = bytes.toString('hex', from, from + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
