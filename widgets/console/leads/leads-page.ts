import { html } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Column } from '../parts/table.ts';
import { DealListPage } from '../records/deal-list-page.ts';
import { mailLink, phoneLink, recordHref } from '../records/facts.ts';
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
    { value: '-score', label: t('sort.score') },
    { value: 'name', label: t('sort.name') },
  ];
  protected readonly columns: readonly Column<Lead>[] = [
    {
      id: 'name',
      label: t('field.name'),
      isTitle: true,
      cell: (lead) => html`<a href=${recordHref('lead', lead.id)}>${lead.name}</a>`,
    },
    { id: 'company', label: t('field.company'), cell: ({ company }) => company ?? t('value.none') },
    { id: 'stage', label: t('record.stage'), cell: ({ stage }) => stageBadge(stage) },
    { id: 'value', label: t('field.value'), isNumber: true, cell: ({ value }) => this.app.format.money(value) },
    { id: 'source', label: t('field.source'), cell: ({ source }) => source ?? t('value.none') },
    { id: 'owner', label: t('field.owner'), cell: ({ owner }) => owner?.name ?? t('value.none') },
    {
      id: 'created',
      label: t('field.created'),
      isShort: true,
      cell: ({ createdAt }) => this.app.format.moment(createdAt, { dateStyle: 'medium' }),
    },
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
    { id: 'email', label: t('field.email'), isExtra: true, cell: ({ email }) => mailLink(email) ?? t('value.none') },
    { id: 'phone', label: t('field.phone'), isExtra: true, cell: ({ phone }) => phoneLink(phone) ?? t('value.none') },
  ];

  get heading(): string {
    return t('nav.leads');
  }
}
