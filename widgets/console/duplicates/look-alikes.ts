import { html, nothing, type PropertyValues } from 'lit';
import type { RecordType } from '../../../backend/contracts/common.ts';
import type { DuplicateCheckAnswer, Merge } from '../../../backend/contracts/duplicates.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import type { MergeCandidates } from './merge-dialog.ts';
import { reasonsText } from './reasons.ts';

interface Known {
  alike: DuplicateCheckAnswer['items'];
  merges: readonly Merge[];
}

/** On a record's page: what looks like it, and what was merged into it. Shows nothing where there is nothing to say. */
export class ConsoleLookAlikes extends ConsoleElement {
  static override properties = {
    entity: { attribute: false },
    recordId: { attribute: false },
    changed: { attribute: false },
    candidates: { state: true },
  };

  declare entity: RecordType;
  declare recordId: string;
  /** The record was merged, or a merge undone: its page reads it again. */
  declare changed: () => void;
  declare candidates: MergeCandidates | null;
  readonly #known = new Loader<Known>(this);

  constructor() {
    super();
    this.candidates = null;
    this.changed = () => {};
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recordId') || changed.has('entity')) this.#load();
  }

  readonly #load = (): void => {
    const { entity, recordId } = this;
    const { api } = this.app;
    void this.#known.load(async (signal) => {
      const [found, made] = await Promise.all([
        api.send<DuplicateCheckAnswer>('POST', 'duplicates/check', { entity, id: recordId }, { signal }),
        api.get<{ items: readonly Merge[] }>('merges', { entity, record: recordId }, { signal }),
      ]);
      return { alike: found.items, merges: made.items.filter(({ undoneAt }) => undoneAt === null) };
    });
  };

  protected override render() {
    const known = this.#known.data;
    return html`${known ? [this.#alike(known.alike), this.#merges(known.merges)] : nothing}
      <salespulse-console-merge-dialog .app=${this.app} .candidates=${this.candidates} .merged=${this.#again}
        .onClose=${() => this.#compare(null)}></salespulse-console-merge-dialog>`;
  }

  #alike(alike: Known['alike']) {
    const [first] = alike;
    if (!first) return nothing;
    const values = { name: first.name, reasons: reasonsText(this.app, first.reasons), count: alike.length - 1 };
    const mergeable = alike.filter(({ canMerge }) => canMerge);
    const ids = [this.recordId, ...mergeable.map(({ id }) => id)];
    return banner(
      'info',
      html`<p>${t(alike.length === 1 ? 'lookAlikes.one' : 'lookAlikes.many', values)}</p>
        ${mergeable.length > 0 ? html`<button type="button" class="button" @click=${() => this.#compare({ entity: this.entity, ids })}>${t('duplicates.merge')}</button>` : nothing}`,
    );
  }

  #merges(merges: readonly Merge[]) {
    if (merges.length === 0) return nothing;
    return html`<section class="card"><h2 class="card-title">${t('merge.list')}</h2>
      <ul class="duplicate-records">${merges.map(
        (merge, index) => html`<li><span>${this.#line(merge)}</span>
          ${index === 0 ? html` <button type="button" class="button" @click=${() => void this.#undo(merge)}>${t('merge.undo')}</button>` : nothing}</li>`,
      )}</ul></section>`;
  }

  #line({ absorbed, mergedAt, mergedBy }: Merge): string {
    const names = absorbed.map(({ name }) => name || t('merge.hidden')).join(', ') || t('merge.erased');
    const values = { names, moment: this.app.format.moment(mergedAt), person: mergedBy?.name ?? '' };
    return t(mergedBy ? 'merge.lineBy' : 'merge.line', values);
  }

  #compare(candidates: MergeCandidates | null): void {
    this.candidates = candidates;
  }

  readonly #again = (): void => {
    this.#load();
    this.changed();
  };

  async #undo({ id }: Merge): Promise<void> {
    try {
      await this.app.api.send('POST', `merges/${id}/undo`);
      this.app.notify(t('merge.undone'));
      this.#again();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
