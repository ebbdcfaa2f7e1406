import type { PropertyValues } from 'lit';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Option } from '../parts/fields.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import { problemText } from '../parts/problems.ts';
import { dealFilters } from './deal-fields.ts';
import { loadReferences, type References } from './references.ts';

/** A list of leads or of opportunities: the same filters, other columns. */
export abstract class DealListPage<T extends { id: string }> extends ListPage<T> {
  static override properties = { references: { state: true } };

  declare references: References | null;
  protected abstract readonly entity: PipelineEntity;
  protected abstract readonly sorts: readonly Option[];

  constructor() {
    super();
    this.references = null;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadFilters();
  }

  protected override get question(): ListQuestion {
    return { filters: dealFilters(this.app.me, this.references), sorts: this.sorts };
  }

  /** The list shows without its filters' options; that they are missing is said. */
  async #loadFilters(): Promise<void> {
    try {
      this.references = await loadReferences(this.app, this.entity);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
