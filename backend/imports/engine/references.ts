import type { SqlRunner } from '../../db/index.ts';
import { ReferenceBook, type ReferenceReport } from './reference-book.ts';
import { type AccountHint, type AccountTarget, resolveAccounts } from './resolve-accounts.ts';
import { resolveTeams, resolveUsers, type TeamTarget, type UserHint, type UserTarget } from './resolve-people.ts';
import { type ProductHint, type ProductTarget, resolveProducts } from './resolve-products.ts';
import { resolveStages, type StageTarget } from './resolve-stages.ts';

/**
 * The people, teams, accounts, products and stages that a file names. Rows ask with `want`, a batch looks
 * all of them up at once with `resolve` and makes what is missing, in the batch's own transaction.
 */
export class References {
  readonly users = new ReferenceBook<UserTarget, UserHint>();
  readonly teams = new ReferenceBook<TeamTarget>();
  readonly accounts = new ReferenceBook<AccountTarget, AccountHint>();
  readonly products = new ReferenceBook<ProductTarget, ProductHint>();
  readonly stages = new ReferenceBook<StageTarget>();
  readonly #entity: 'lead' | 'opportunity';
  readonly #currency: string;

  constructor(entity: 'lead' | 'opportunity', currency: string) {
    this.#entity = entity;
    this.#currency = currency;
  }

  /** Finds or makes the stages that were asked for; before the rest, because a stage decides what a row must have. */
  async resolveStages(runner: SqlRunner): Promise<void> {
    await resolveStages(runner, this.stages, this.#entity);
  }

  /** Finds or makes everything else that was asked for. */
  async resolve(runner: SqlRunner): Promise<void> {
    await resolveTeams(runner, this.teams);
    await resolveUsers(runner, this.users);
    await resolveAccounts(runner, this.accounts, (owner) => this.users.get(owner));
    await resolveProducts(runner, this.products, this.#currency);
  }

  commit(): void {
    for (const book of this.#books()) book.commit();
  }

  rollback(): void {
    for (const book of this.#books()) book.rollback();
  }

  /** By kind; kinds that the file names none of are left out. */
  report(): Record<string, ReferenceReport> {
    const reports = Object.entries({
      users: this.users.report,
      teams: this.teams.report,
      accounts: this.accounts.report,
      products: this.products.report,
      stages: this.stages.report,
    });
    return Object.fromEntries(reports.filter(([, report]) => report.matched > 0 || report.created.length > 0));
  }

  #books(): readonly { commit(): void; rollback(): void }[] {
    return [this.users, this.teams, this.accounts, this.products, this.stages];
  }
}
