import { nameKey } from '../name-key.ts';

/** What names of one kind led to, for the summary. */
export interface ReferenceReport {
  matched: number;
  created: string[];
  /** the file's name -> ours, where they differ */
  mapped: Record<string, string>;
}

const MAX_LISTED = 10_000;

/**
 * The names of one kind that a run has met, and what each stands for. Entries of a batch stay provisional
 * until the batch is committed.
 */
export class ReferenceBook<Target extends { name: string }, Hint = null> {
  readonly #known = new Map<string, Target>();
  readonly #counted = new Set<string>();
  /** by nameKey, so that two spellings of a new name are listed once */
  readonly #createdKeys = new Set<string>();
  #wanted = new Map<string, Hint>();
  #provisional: string[] = [];
  #createdNow = new Set<string>();
  readonly report: ReferenceReport = { matched: 0, created: [], mapped: {} };

  /** Notes that a row names this. The first row's hint says how to make it, should it be new. */
  want(name: string | null, hint: Hint): void {
    if (name !== null && !this.#known.has(name) && !this.#wanted.has(name)) this.#wanted.set(name, hint);
  }

  /** Names to look up now, each with its hint. */
  takeWanted(): Map<string, Hint> {
    const wanted = this.#wanted;
    this.#wanted = new Map();
    return wanted;
  }

  get(name: string | null): Target | null {
    return name === null ? null : (this.#known.get(name) ?? null);
  }

  matched(name: string, target: Target): void {
    this.#set(name, target);
    if (!this.#counted.has(name)) {
      this.#counted.add(name);
      this.report.matched++;
      if (target.name !== name && Object.keys(this.report.mapped).length < MAX_LISTED)
        this.report.mapped[name] = target.name;
    }
  }

  created(name: string, target: Target): void {
    const key = nameKey(name);
    if (this.#createdKeys.has(key) && !this.#counted.has(name)) {
      this.matched(name, target);
      return;
    }
    this.#set(name, target);
    this.#createdNow.add(name);
    if (this.#counted.has(name)) return;
    this.#counted.add(name);
    this.#createdKeys.add(key);
    if (this.report.created.length < MAX_LISTED) this.report.created.push(name);
  }

  /** Did the present batch make it? */
  wasCreated(name: string | null): boolean {
    return name !== null && this.#createdNow.has(name);
  }

  /** The batch was committed. */
  commit(): void {
    this.#provisional = [];
    this.#createdNow = new Set();
  }

  /** The batch was rolled back: what it created is gone. The report keeps it, once. */
  rollback(): void {
    for (const name of this.#provisional) this.#known.delete(name);
    this.#provisional = [];
    this.#createdNow = new Set();
    this.#wanted = new Map();
  }

  #set(name: string, target: Target): void {
    this.#known.set(name, target);
    this.#provisional.push(name);
  }
}
