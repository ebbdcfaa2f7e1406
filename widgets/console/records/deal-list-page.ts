import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Filter } from '../parts/filter-bar.ts';
import { t } from '../text.ts';
import { BulkListPage } from './bulk-list-page.ts';
import { dealFilters } from './deal-fields.ts';
import { typedFilters } from './more-filters.ts';

/** A list of leads or of opportunities: the same filters, other columns. */
export abstract class DealListPage<
  T extends {
    id: string;
    name: string;
    tags: readonly string[];
    custom: Readonly<Record<string, unknown>>;
    deletedAt: string | null;
  },
> extends BulkListPage<T> {
  protected abstract override readonly entity: PipelineEntity;

  protected override get ownFilters(): readonly Filter[] {
    const flags = ['noNextStep', 'overdue', this.entity === 'opportunity' ? 'pastClose' : 'converted'];
    const yes = [{ value: 'true', label: t('filter.yes') }];
    return [
      ...dealFilters(this.app.me, this.references),
      ...flags.map((name): Filter => ({ name, label: t(`filter.${name}`), options: yes, isSingle: true })),
      ...typedFilters(this.entity),
    ];
  }
}
