/** A uuid is four numbers of 32 bits. */
const WORDS = 4;
const DIGITS_OF_WORD = 8;
/** Of a hundred places that the index has, at most so many are taken; a new one begins with fewer. */
const [FULLEST, FILLED_AT_START] = [0.85, 0.68];
const LEAST_SLOTS = 64;

/** A uuid as numbers, written to `words` from `at` on. @throws SyntaxError when it is none */
function readUuid(text: string, words: Uint32Array, at: number): void {
  let word = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = digitOf(text.charCodeAt(index));
    if (digit === DASH) continue;
    if (digit === NO_DIGIT || digits === WORDS * DIGITS_OF_WORD) throw new SyntaxError(`"${text}" is no uuid`);
    word = (word << 4) | digit;
    digits++;
    if (digits % DIGITS_OF_WORD === 0) words[at + digits / DIGITS_OF_WORD - 1] = word;
  }
  if (digits !== WORDS * DIGITS_OF_WORD) throw new SyntaxError(`"${text}" is no uuid`);
}

const [DASH, NO_DIGIT] = [-1, -2];
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48; // 0 to 9
  if (code >= 97 && code <= 102) return code - 87; // a to f
  return code === 45 ? DASH : NO_DIGIT;
}

/** @throws SyntaxError when one of them is no uuid as the database writes them */
export function checkUuids(ids: readonly string[]): void {
  const words = new Uint32Array(WORDS);
  for (const id of ids) readUuid(id, words, 0);
}

/**
 * The uuids of rows that are numbered from 0, and the way from an id to its row: about 22 bytes a row, a sixth of what texts
 * in a map take.
 *
 * Source: Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm L (open addressing with linear probing) and
 * algorithm R (deletion).
 */
export class RowIds {
  #rows: number;
  #words: Uint32Array<ArrayBuffer>;
  /** a row and one more at the place that its id asks for, or after; 0: free. Made when first needed. */
  #slots: Int32Array | null = null;
  /** the id that is asked for */
  readonly #asked = new Uint32Array(WORDS);

  /** `words`: what `saved` gave */
  constructor(words: Uint32Array<ArrayBuffer> = new Uint32Array(0)) {
    this.#words = words;
    this.#rows = words.length / WORDS;
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#words.byteLength + (this.#slots?.byteLength ?? 0);
  }

  /** Four numbers for each row; a view, not a copy. */
  saved(): Uint32Array<ArrayBuffer> {
    return this.#words.subarray(0, this.#rows * WORDS);
  }

  /** The row of an id; null: there is none. */
  find(id: string): number | null {
    const slots = this.#slotsOfNow();
    const row = (slots[this.#slotOf(slots, id)] as number) - 1;
    return row < 0 ? null : row;
  }

  /** Gives an id that is new the next row. */
  add(id: string): number {
    let slots = this.#slotsOfNow();
    if (this.#rows + 1 > slots.length * FULLEST) slots = this.#newSlots();
    const slot = this.#slotOf(slots, id);
    const row = this.#rows++;
    if (this.#words.length < this.#rows * WORDS) this.reserve(Math.ceil(this.#rows * 1.25));
    this.#words.set(this.#asked, row * WORDS);
    slots[slot] = row + 1;
    return row;
  }

  /** Forgets an id that is known; the last row takes the number of its row. */
  remove(id: string): void {
    const slots = this.#slotsOfNow();
    const slot = this.#slotOf(slots, id);
    const row = (slots[slot] as number) - 1;
    if (row < 0) return;
    const last = this.#rows - 1;
    slots[this.#slotOfRow(slots, last)] = row + 1;
    slots[slot] = 0;
    this.#words.copyWithin(row * WORDS, last * WORDS, (last + 1) * WORDS);
    this.#rows = last;
    this.#close(slots, slot);
  }

  /** Makes room for so many rows, or gives back what is more. */
  reserve(rows: number): void {
    const words = new Uint32Array(Math.max(rows, this.#rows) * WORDS);
    words.set(this.saved());
    this.#words = words;
  }

  /** Where the id is, or would be: `#asked` holds it afterwards. */
  #slotOf(slots: Int32Array, id: string): number {
    const asked = this.#asked;
    readUuid(id, asked, 0);
    const words = this.#words;
    let slot = homeOf(asked, 0, slots.length);
    for (;;) {
      const at = ((slots[slot] as number) - 1) * WORDS;
      if (at < 0) return slot;
      if (
        words[at] === asked[0] &&
        words[at + 1] === asked[1] &&
        words[at + 2] === asked[2] &&
        words[at + 3] === asked[3]
      ) {
        return slot;
      }
      slot = slot + 1 === slots.length ? 0 : slot + 1;
    }
  }

  #slotOfRow(slots: Int32Array, row: number): number {
    let slot = homeOf(this.#words, row * WORDS, slots.length);
    while (slots[slot] !== row + 1) slot = slot + 1 === slots.length ? 0 : slot + 1;
    return slot;
  }

  /** Moves what stands behind a place that has become free to where it will be looked for. */
  #close(slots: Int32Array, freed: number): void {
    const { length } = slots;
    let free = freed;
    let slot = free;
    for (;;) {
      slot = slot + 1 === length ? 0 : slot + 1;
      const entry = slots[slot] as number;
      if (entry === 0) return;
      const home = homeOf(this.#words, (entry - 1) * WORDS, length);
      // It may stay where its home lies after the free place, up to here, around the end.
      if (free <= slot ? home > free && home <= slot : home > free || home <= slot) continue;
      slots[free] = entry;
      slots[slot] = 0;
      free = slot;
    }
  }

  #slotsOfNow(): Int32Array {
    return this.#slots ?? this.#newSlots();
  }

  #newSlots(): Int32Array {
    const slots = new Int32Array(Math.max(LEAST_SLOTS, Math.ceil((this.#rows + 1) / FILLED_AT_START)));
    for (let row = 0; row < this.#rows; row++) {
      let slot = homeOf(this.#words, row * WORDS, slots.length);
      while (slots[slot] !== 0) slot = slot + 1 === slots.length ? 0 : slot + 1;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
    return slots;
  }
}

/** The place of a uuid among so many. Ids of version 7 begin with the time: every bit counts for every bit. */
function homeOf(words: Uint32Array, at: number, slots: number): number {
  let hash = Math.imul((words[at] as number) ^ (words[at + 1] as number), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ (words[at + 2] as number), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (words[at + 3] as number), 0x27d4eb2f);
  return Math.floor((((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * slots);
}
