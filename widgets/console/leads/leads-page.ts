import { html } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Column } from '../parts/table.ts';
import { DealListPage } from '../records/deal-list-page.ts';
import { recordHref } from '../records/facts.ts';
import { stageBadge } from '../records/stage-view.ts';
import { t } from '../text.ts';

/** The list of leads. */
export class ConsoleLeadsPage extends DealListPage<Lead> {
  protected readonly entity = 'lead';
  protected readonly path = 'leads';
  protected readonly emptyText = { title: t('leads.empty'), text: t('leads.empty.text') };
  protected override readonly newRecord = { href: '/leads/new', label: t('lead.new'), permission: 'lead.write' };
  protected readonly sorts = [
    { value: '-createdAt', label: t('sort.newest') },
    { value: 'createdAt', label: t('sort.oldest') },
    { value: '-updatedAt', label: t('sort.changed') },
    { value: '-value', label: t('sort.value') },
    { value: 'name', label: t('sort.name') },
  ];
  protected readonly columns: readonly Column<Lead>[] = [
    {
      label: t('field.name'),
      isTitle: true,
      cell: (lead) => html`<a href=${recordHref('lead', lead.id)}>${lead.name}</a>`,
    },
    { label: t('field.company'), cell: ({ company }) => company ?? t('value.none') },
    { label: t('record.stage'), cell: ({ stage }) => stageBadge(stage) },
    { label: t('field.value'), isNumber: true, cell: ({ value }) => this.app.format.money(value) },
    { label: t('field.source'), cell: ({ source }) => source ?? t('value.none') },
    { label: t('field.owner'), cell: ({ owner }) => owner?.name ?? t('value.none') },
    {
      label: t('field.created'),
      isShort: true,
      cell: ({ createdAt }) => this.app.format.moment(createdAt, { dateStyle: 'medium' }),
    },
  ];

  get heading(): string {
    return t('nav.leads');
  }
}
