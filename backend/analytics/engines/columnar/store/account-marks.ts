/** A bit for each account, in words of 32: word 0 begins with account 0, which is none. */
export type Marks = Uint32Array<ArrayBuffer>;

/** Words that so many accounts need. */
export const wordsFor = (accounts: number): number => Math.ceil(accounts / 32);

export function mark(marks: Uint32Array, accounts: Uint32Array): void {
  for (let at = 0; at < accounts.length; at++) {
    const account = accounts[at] as number;
    const word = account >>> 5;
    marks[word] = (marks[word] as number) | (1 << (account & 31));
  }
}

/** The same, where each key has `words` words. */
export function markByKey(marks: Uint32Array, words: number, accounts: Uint32Array, keys: Uint32Array): void {
  for (let at = 0; at < accounts.length; at++) {
    const account = accounts[at] as number;
    const word = (keys[at] as number) * words + (account >>> 5);
    marks[word] = (marks[word] as number) | (1 << (account & 31));
  }
}

/** Marks what others have marked; `others` may be shorter. */
export function markAll(marks: Uint32Array, others: Uint32Array): void {
  for (let word = 0; word < others.length; word++) marks[word] = (marks[word] as number) | (others[word] as number);
}

/** How many accounts are marked; none is afterwards. */
export function takeMarked(marks: Uint32Array): number {
  if (marks.length > 0) marks[0] = (marks[0] as number) & ~1;
  let marked = 0;
  for (let word = 0; word < marks.length; word++) marked += bitsOf(marks[word] as number);
  marks.fill(0);
  return marked;
}

/** Source: Warren, Hacker's Delight, 5-1. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
