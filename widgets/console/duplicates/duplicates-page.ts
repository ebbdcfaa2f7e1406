import { html, nothing, type PropertyValues } from 'lit';
import type { Page, RecordType } from '../../../backend/contracts/common.ts';
import type { DuplicateGroup, LookAlike, Merge } from '../../../backend/contracts/duplicates.ts';
import { can } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, emptyState, errorState, loadingState } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { t } from '../text.ts';
import type { MergeCandidates } from './merge-dialog.ts';
import { reasonsText } from './reasons.ts';

const entities = [
  ['lead', 'nav.leads'],
  ['opportunity', 'nav.opportunities'],
  ['account', 'nav.accounts'],
  ['contact', 'nav.contacts'],
] as const satisfies readonly (readonly [RecordType, string])[];

/** Groups of records that look like one: compare, merge, or say that they are different. */
export class ConsoleDuplicatesPage extends ConsolePage {
  static override properties = { candidates: { state: true }, latest: { state: true } };

  declare candidates: MergeCandidates | null;
  /** the merge just made, which can be undone here */
  declare latest: Merge | null;
  readonly #groups = new Loader<{ items: readonly DuplicateGroup[]; nextCursor: string | null }>(this);

  constructor() {
    super();
    this.candidates = null;
    this.latest = null;
  }

  get heading(): string {
    return t('duplicates.title');
  }

  get #choices() {
    return entities.filter(([entity]) => can(this.app.me, `${entity}.read`));
  }

  get #entity(): RecordType {
    const asked = this.match.query.get('entity');
    return (this.#choices.find(([entity]) => entity === asked) ?? this.#choices[0] ?? entities[0])[0];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('match')) this.#load();
  }

  /** `since`: after an import, only what its records are part of. */
  get #query() {
    const since = this.match.query.get('since');
    return { entity: this.#entity, limit: 20, ...(since ? { since } : {}) };
  }

  readonly #load = (): void => {
    void this.#groups.load((signal) => this.app.api.get<Page<DuplicateGroup>>('duplicates', this.#query, { signal }));
  };

  async #more(cursor: string): Promise<void> {
    const before = this.#groups.data;
    try {
      const page = await this.app.api.get<Page<DuplicateGroup>>('duplicates', { ...this.#query, cursor });
      if (this.#groups.data === before) this.#groups.put({ ...page, items: [...(before?.items ?? []), ...page.items] });
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override render() {
    const { state } = this.#groups;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <p class="muted">${t('duplicates.text')}</p>
      <nav class="tabs" aria-label=${t('duplicates.entities')}>
        ${this.#choices.map(
          ([entity, label]) =>
            html`<a href="/duplicates?entity=${entity}" aria-current=${entity === this.#entity ? 'page' : nothing}>${t(label)}</a>`,
        )}
      </nav>
      ${this.latest ? this.#undoBanner(this.latest) : nothing}
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, this.#load) : this.#content(state.data)}
    </div>
    <salespulse-console-merge-dialog .app=${this.app} .candidates=${this.candidates} .merged=${this.#merged}
      .onClose=${() => this.#compare(null)}></salespulse-console-merge-dialog>`;
  }

  #content({ items, nextCursor }: { items: readonly DuplicateGroup[]; nextCursor: string | null }) {
    if (items.length === 0) return emptyState(t('duplicates.empty'), t('duplicates.empty.text'));
    return html`<ul class="duplicate-groups">${items.map((group) => this.#group(group))}</ul>
      ${nextCursor ? html`<p><button type="button" class="button" @click=${() => void this.#more(nextCursor)}>${t('duplicates.more')}</button></p>` : nothing}`;
  }

  #group({ reasons, records }: DuplicateGroup) {
    const ids = records.map(({ id }) => id);
    const mayMerge = records.every(({ canMerge }) => canMerge);
    return html`<li class="card duplicate-group">
      <h2 class="card-title">${t('duplicates.reasons', { reasons: reasonsText(this.app, reasons) })}</h2>
      <ul class="duplicate-records">${records.map((record) => this.#record(record))}</ul>
      <div class="card-actions">
        ${
          mayMerge
            ? html`<button type="button" class="button button-primary" @click=${() => this.#compare({ entity: this.#entity, ids })}>${t('duplicates.merge')}</button>`
            : html`<p class="muted">${t('duplicates.mayNot')}</p>`
        }
        ${
          can(this.app.me, `${this.#entity}.write`)
            ? html`<button type="button" class="button" @click=${() => void this.#dismiss(ids)}>${t('duplicates.dismiss')}</button>`
            : nothing
        }
      </div>
    </li>`;
  }

  #record({ id, name, subtitle, owner, createdAt }: LookAlike) {
    const facts = [
      subtitle,
      owner?.name ?? t('duplicates.nobody'),
      t('duplicates.added', { day: this.app.format.moment(createdAt) }),
    ];
    return html`<li><a href=${recordHref(this.#entity, id)}>${name}</a> <span class="muted">${facts.filter(Boolean).join(' · ')}</span></li>`;
  }

  #undoBanner(merge: Merge) {
    return banner(
      'success',
      html`<p>${t('merge.done', { name: merge.survivor.name })}</p>
        <button type="button" class="button" @click=${() => void this.#undo(merge)}>${t('merge.undo')}</button>`,
    );
  }

  #compare(candidates: MergeCandidates | null): void {
    this.candidates = candidates;
  }

  readonly #merged = (merge: Merge): void => {
    this.latest = merge;
    this.#load();
  };

  async #undo({ id }: Merge): Promise<void> {
    await this.#attempt(async () => {
      await this.app.api.send('POST', `merges/${id}/undo`);
      this.latest = null;
      this.app.notify(t('merge.undone'));
    });
  }

  async #dismiss(ids: readonly string[]): Promise<void> {
    await this.#attempt(async () => {
      await this.app.api.send('POST', 'duplicates/dismiss', { entity: this.#entity, ids });
      this.app.notify(t('duplicates.dismissed'));
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#load();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
