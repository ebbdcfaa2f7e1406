import { html, nothing, type PropertyValues } from 'lit';
import type { ImportError } from '../../../backend/contracts/imports.ts';
import { apiAddress } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { listFooter } from '../parts/list-footer.ts';
import { PageList } from '../parts/page-list.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { type Column, tableView } from '../parts/table.ts';
import { t } from '../text.ts';

/** The rows an import refused, with column and reason, and the way to get them as a file. */
export class ConsoleImportErrors extends ConsoleElement {
  static override properties = { importId: { attribute: false }, turn: { attribute: false } };

  declare importId: string;
  /** A new number for every run, so that its errors take the place of those before. */
  declare turn: number;
  readonly #errors = new PageList<ImportError>(this, () => this.app.api);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('importId') || changed.has('turn')) this.#load();
  }

  readonly #load = (): void => void this.#errors.load(`imports/${this.importId}/errors`, { count: true });

  protected override render() {
    const { state } = this.#errors;
    if (state.kind === 'ready' && state.items.length === 0) return nothing;
    return html`<section class="card">
      <header class="card-header">
        <h2>${t('import.errors')}</h2>
        <a class="button" href=${apiAddress(this.app.session, `imports/${this.importId}/errors.csv`)} download>${icon('import')}${t('import.download')}</a>
      </header>
      ${state.kind === 'loading' ? loadingState(4) : state.kind === 'error' ? errorState(state.error, this.#load) : this.#table()}
    </section>`;
  }

  #table() {
    const { state } = this.#errors;
    const columns: Column<ImportError>[] = [
      { label: t('import.row'), cell: ({ row }) => this.app.format.number(row), isTitle: true },
      { label: t('import.column'), cell: ({ column }) => column ?? t('value.none') },
      { label: t('import.reason'), cell: ({ reason }) => reason },
    ];
    return html`${tableView({ label: t('import.errors'), columns, items: state.items, isBusy: state.isRefreshing })} ${listFooter(state, this.#errors.more)}`;
  }
}
