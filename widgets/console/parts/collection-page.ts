import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import { ConsolePage } from './console-element.ts';
import { Loader } from './loader.ts';
import { emptyState, errorState, loadingState } from './states.ts';
import { type Column, tableView } from './table.ts';

/** A page with all things of a kind that are never many: no search, no paging. */
export abstract class CollectionPage<T extends { id: string }> extends ConsolePage {
  protected readonly items: Loader<readonly T[]> = new Loader<readonly T[]>(this);

  /** API path of the collection. */
  protected abstract readonly path: string;
  protected abstract readonly columns: readonly Column<T>[];
  /** What stands where there is nothing. */
  protected abstract readonly emptyText: { title: string; text: string };

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.reload();
  }

  protected readonly reload = (): void =>
    void this.items.load(async (signal) => (await this.app.api.get<Page<T>>(this.path, {}, { signal })).items);

  protected override render(): TemplateResult {
    const { state } = this.items;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1><div class="page-actions">${this.actions()}</div></header>
      ${this.intro()}
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, this.reload) : this.content(state.data)}
    </div>${this.dialogs()}`;
  }

  /** The items; a table, unless a page knows better. */
  protected content(items: readonly T[]): TemplateResult {
    const { title, text } = this.emptyText;
    if (items.length === 0) return emptyState(title, text, this.actions());
    return html`${tableView({ label: this.heading, columns: this.columns, items, key: ({ id }) => id })} ${this.below()}`;
  }

  /** What the page is about, above the items. */
  protected intro(): unknown {
    return nothing;
  }

  /** Buttons beside the heading. */
  protected actions(): unknown {
    return nothing;
  }

  /** What follows the table. */
  protected below(): unknown {
    return nothing;
  }

  /** Dialogs of the page, outside its layout. */
  protected dialogs(): unknown {
    return nothing;
  }
}
