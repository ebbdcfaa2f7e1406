import { html } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Account, Contact } from '../../../backend/contracts/customers.ts';
import type { Filter } from '../parts/filter-bar.ts';
import type { Column } from '../parts/table.ts';
import { BulkListPage } from '../records/bulk-list-page.ts';
import { ownerOptions } from '../records/deal-fields.ts';
import { mailLink, phoneLink, recordHref, recordLink } from '../records/facts.ts';
import { typedFilters } from '../records/more-filters.ts';
import { type References, textOptions } from '../records/references.ts';
import { t } from '../text.ts';

/** Made when asked for: the texts aren't known yet while this module loads. */
const sorts = () => [
  { value: 'name', label: t('sort.name') },
  { value: '-createdAt', label: t('sort.newest') },
  { value: '-updatedAt', label: t('sort.changed') },
];

/** Whose they are, and what they are about. */
function customerFilters(
  me: Me,
  references: References | null,
  dimensions: readonly ('segment' | 'region')[],
): Filter[] {
  const people = references?.people ?? [];
  return [
    {
      name: 'owner',
      label: t('field.owner'),
      options: [...ownerOptions(me, people), { value: 'nobody', label: t('filter.nobody') }],
    },
    ...dimensions.map(
      (name): Filter => ({
        name,
        label: t(`field.${name}`),
        options: textOptions(references?.values[name] ?? [], t('filter.notSet')),
      }),
    ),
  ];
}

const none = () => t('value.none');

/** The list of accounts. */
export class ConsoleAccountsPage extends BulkListPage<Account> {
  protected readonly entity = 'account';
  protected readonly sorts = sorts();
  protected readonly path = 'accounts';
  protected readonly emptyText = { title: t('accounts.empty'), text: t('accounts.empty.text') };
  protected override readonly newRecord = {
    href: '/accounts/new',
    label: t('account.new'),
    permission: 'account.write',
  };
  protected readonly columns: readonly Column<Account>[] = [
    {
      id: 'name',
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('account', id)}>${name}</a>`,
    },
    { id: 'industry', label: t('field.industry'), cell: ({ industry }) => industry ?? none() },
    { id: 'segment', label: t('field.segment'), cell: ({ segment }) => segment ?? none() },
    { id: 'region', label: t('field.region'), cell: ({ region }) => region ?? none() },
    {
      id: 'annualRevenue',
      label: t('field.annualRevenue'),
      isNumber: true,
      cell: ({ annualRevenue }) => this.app.format.money(annualRevenue),
    },
    { id: 'owner', label: t('field.owner'), cell: ({ owner }) => owner?.name ?? none() },
  ];

  get heading(): string {
    return t('nav.accounts');
  }

  protected override get ownFilters(): readonly Filter[] {
    return [...customerFilters(this.app.me, this.references, ['segment', 'region']), ...typedFilters(this.entity)];
  }
}

/** The list of contacts. */
export class ConsoleContactsPage extends BulkListPage<Contact> {
  protected readonly entity = 'contact';
  protected readonly sorts = sorts();
  protected readonly path = 'contacts';
  protected readonly emptyText = { title: t('contacts.empty'), text: t('contacts.empty.text') };
  protected override readonly newRecord = {
    href: '/contacts/new',
    label: t('contact.new'),
    permission: 'contact.write',
  };
  protected readonly columns: readonly Column<Contact>[] = [
    {
      id: 'name',
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('contact', id)}>${name}</a>`,
    },
    { id: 'title', label: t('field.title'), cell: ({ title }) => title ?? none() },
    {
      id: 'account',
      label: t('field.account'),
      cell: ({ account }) => recordLink(this.app, 'account', account) ?? none(),
    },
    { id: 'email', label: t('field.email'), cell: ({ email }) => mailLink(email) ?? none() },
    { id: 'phone', label: t('field.phone'), cell: ({ phone }) => phoneLink(phone) ?? none() },
    { id: 'owner', label: t('field.owner'), cell: ({ owner }) => owner?.name ?? none() },
  ];

  get heading(): string {
    return t('nav.contacts');
  }

  protected override get ownFilters(): readonly Filter[] {
    return [...customerFilters(this.app.me, this.references, []), ...typedFilters(this.entity)];
  }
}
