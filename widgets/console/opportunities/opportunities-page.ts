import { html } from 'lit';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import type { Column } from '../parts/table.ts';
import { DealListPage } from '../records/deal-list-page.ts';
import { recordHref } from '../records/facts.ts';
import { stageBadge } from '../records/stage-view.ts';
import { t } from '../text.ts';

/** The list of opportunities. */
export class ConsoleOpportunitiesPage extends DealListPage<Opportunity> {
  protected readonly entity = 'opportunity';
  protected readonly path = 'opportunities';
  protected readonly emptyText = { title: t('opportunities.empty'), text: t('opportunities.empty.text') };
  protected override readonly newRecord = {
    href: '/opportunities/new',
    label: t('opportunity.new'),
    permission: 'opportunity.write',
  };
  protected readonly sorts = [
    { value: '-createdAt', label: t('sort.newest') },
    { value: 'createdAt', label: t('sort.oldest') },
    { value: '-updatedAt', label: t('sort.changed') },
    { value: '-amount', label: t('sort.amount') },
    { value: 'expectedCloseOn', label: t('sort.close') },
    { value: 'name', label: t('sort.name') },
  ];
  protected readonly columns: readonly Column<Opportunity>[] = [
    {
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('opportunity', id)}>${name}</a>`,
    },
    { label: t('field.account'), cell: ({ account }) => account?.name ?? t('value.none') },
    { label: t('record.stage'), cell: ({ stage }) => stageBadge(stage) },
    { label: t('field.amount'), isNumber: true, cell: ({ amount }) => this.app.format.money(amount) },
    {
      label: t('opportunities.close'),
      isShort: true,
      cell: ({ closedOn, expectedCloseOn }) => this.app.format.day(closedOn ?? expectedCloseOn),
    },
    { label: t('field.owner'), cell: ({ owner }) => owner?.name ?? t('value.none') },
  ];

  get heading(): string {
    return t('nav.opportunities');
  }
}
