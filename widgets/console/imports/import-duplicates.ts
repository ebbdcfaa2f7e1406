import { html, nothing, type PropertyValues } from 'lit';
import type { Page, RecordType } from '../../../backend/contracts/common.ts';
import type { DuplicateGroup } from '../../../backend/contracts/duplicates.ts';
import type { ImportRun } from '../../../backend/contracts/imports.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';

const kinds: Readonly<Partial<Record<ImportRun['entity'], RecordType>>> = {
  leads: 'lead',
  opportunities: 'opportunity',
  accounts: 'account',
  contacts: 'contact',
};

/** After an import: do new records look like ones that were there, or like one another? Nothing, if they don't. */
export class ConsoleImportDuplicates extends ConsoleElement {
  static override properties = { run: { attribute: false } };

  declare run: ImportRun;
  readonly #groups = new Loader<Page<DuplicateGroup>>(this);

  get #entity(): RecordType | null {
    const entity = kinds[this.run.entity] ?? null;
    return entity && this.run.created > 0 && can(this.app.me, `${entity}.read`) ? entity : null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const entity = this.#entity;
    if (!changed.has('run') || !entity) return;
    const query = { entity, since: this.run.createdAt, limit: 1 };
    void this.#groups.load((signal) => this.app.api.get<Page<DuplicateGroup>>('duplicates', query, { signal }));
  }

  protected override render() {
    const entity = this.#entity;
    if (!entity || !this.#groups.data?.items.length) return nothing;
    const address = `/duplicates?${new URLSearchParams({ entity, since: this.run.createdAt })}`;
    return banner(
      'info',
      html`<p>${t('import.duplicates')}</p><a class="button" href=${address}>${t('import.duplicates.look')}</a>`,
    );
  }
}
