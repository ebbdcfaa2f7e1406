import type { MarkedAccounts } from './marked-accounts.ts';
import { RowsByKey } from './rows-by-key.ts';

/** Counts accounts of rows that come and go: one is there while more of its rows came than went. */
export class CountedAccounts {
  /** rows of each account; zero between keys */
  readonly #rows: Int32Array;
  readonly #counts: Float64Array;
  /** Rows wait for the end of the bucket: those that come, and those that go. */
  readonly #coming: RowsByKey;
  readonly #going: RowsByKey;

  constructor(accounts: number, keys: number) {
    this.#rows = new Int32Array(accounts);
    this.#counts = new Float64Array(keys);
    this.#coming = new RowsByKey(keys);
    this.#going = new RowsByKey(keys);
  }

  add(accounts: Uint32Array, keys: Uint32Array | null, sign: 1 | -1): void {
    (sign === 1 ? this.#coming : this.#going).push(accounts, keys);
  }

  finish(): Float64Array {
    this.#each((come, key) => {
      this.#counts[key] = takePresent(this.#rows, come);
    });
    return this.#counts;
  }

  /** Marks who has rows, and begins anew. */
  markPresent(marked: MarkedAccounts): void {
    this.#each((come, key) => {
      for (const account of come) {
        if ((this.#rows[account] as number) > 0) marked.addOne(account, key);
        this.#rows[account] = 0;
      }
    });
  }

  /** Tells of each key the accounts whose rows came; those that went are taken off, and nothing waits afterwards. */
  #each(tell: (come: Uint32Array, key: number) => void): void {
    const [coming, going] = [this.#coming, this.#going];
    coming.sort();
    going.sort();
    for (let key = 0; key < this.#counts.length; key++) {
      const come = coming.of(key);
      addTo(this.#rows, come, 1);
      addTo(this.#rows, going.of(key), -1);
      tell(come, key);
    }
    coming.clear();
    going.clear();
  }
}

function addTo(rows: Int32Array, accounts: Uint32Array, sign: 1 | -1): void {
  for (let at = 0; at < accounts.length; at++) {
    const account = accounts[at] as number;
    rows[account] = (rows[account] as number) + sign;
  }
}

/** How many of these accounts have rows; none of them has any afterwards. */
function takePresent(rows: Int32Array, accounts: Uint32Array): number {
  rows[0] = 0;
  let present = 0;
  for (let at = 0; at < accounts.length; at++) {
    const account = accounts[at] as number;
    present += (rows[account] as number) > 0 ? 1 : 0;
    rows[account] = 0;
  }
  return present;
}
