/** Codes of a dictionary, in as few bytes as they need. */
export type CodeArray = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
export type CodeWidth = 1 | 2 | 4;

export function newCodes(width: CodeWidth, length: number): CodeArray {
  if (width === 1) return new Uint8Array(length);
  return width === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

/** What codes up to `highest` need. */
export const widthFor = (highest: number): CodeWidth => (highest < 0x1_00 ? 1 : highest < 0x1_00_00 ? 2 : 4);

/** A copy of another width or length. */
export function copyCodes(codes: CodeArray, width: CodeWidth, length: number): CodeArray {
  const copy = newCodes(width, length);
  copy.set(codes.subarray(0, length));
  return copy;
}

/** Codes that are written one by one; the array grows and widens as they need it. */
export class CodeColumn {
  array: CodeArray;
  /** codes from here on need a wider array */
  #limit: number;

  constructor(array: CodeArray = new Uint8Array(0)) {
    this.array = array;
    this.#limit = 2 ** (8 * array.BYTES_PER_ELEMENT);
  }

  set(row: number, code: number): void {
    if (code >= this.#limit) {
      this.array = copyCodes(this.array, widthFor(code), this.array.length);
      this.#limit = 2 ** (8 * this.array.BYTES_PER_ELEMENT);
    }
    this.array[row] = code;
  }

  /** Makes room for so many rows and no more. */
  resize(rows: number): void {
    this.array = copyCodes(this.array, this.array.BYTES_PER_ELEMENT as CodeWidth, rows);
  }
}
