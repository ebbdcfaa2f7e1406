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
      id: 'name',
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('opportunity', id)}>${name}</a>`,
    },
    { id: 'account', label: t('field.account'), cell: ({ account }) => account?.name ?? t('value.none') },
    { id: 'stage', label: t('record.stage'), cell: ({ stage }) => stageBadge(stage) },
    { id: 'amount', label: t('field.amount'), isNumber: true, cell: ({ amount }) => this.app.format.money(amount) },
    {
      id: 'close',
      label: t('opportunities.close'),
      isShort: true,
      cell: ({ closedOn, expectedCloseOn }) => this.app.format.day(closedOn ?? expectedCloseOn),
    },
    { id: 'owner', label: t('field.owner'), cell: ({ owner }) => owner?.name ?? t('value.none') },
    {
      id: 'updated',
      label: t('field.changed'),
      isExtra: true,
      isShort: true,
      cell: ({ updatedAt }) => this.app.format.moment(updatedAt, { dateStyle: 'medium' }),
    },
    {
      id: 'score',
      label: t('field.score'),
      isExtra: true,
      isNumber: true,
      cell: ({ score }) => score ?? t('value.none'),
    },
    { id: 'segment', label: t('field.segment'), isExtra: true, cell: ({ segment }) => segment ?? t('value.none') },
    { id: 'region', label: t('field.region'), isExtra: true, cell: ({ region }) => region ?? t('value.none') },
    { id: 'campaign', label: t('field.campaign'), isExtra: true, cell: ({ campaign }) => campaign ?? t('value.none') },
    { id: 'nextStep', label: t('field.nextStep'), isExtra: true, cell: ({ nextStep }) => nextStep ?? t('value.none') },
    { id: 'source', label: t('field.source'), isExtra: true, cell: ({ source }) => source ?? t('value.none') },
  ];

  get heading(): string {
    return t('nav.opportunities');
  }
}
