import { html } from 'lit';
import type { Account, Contact } from '../../../backend/contracts/customers.ts';
import { ListPage } from '../parts/list-page.ts';
import type { Column } from '../parts/table.ts';
import { mailLink, phoneLink, recordHref, recordLink } from '../records/facts.ts';
import { t } from '../text.ts';

/** Made when asked for: the texts aren't known yet while this module loads. */
const question = () => ({
  filters: [],
  sorts: [
    { value: 'name', label: t('sort.name') },
    { value: '-createdAt', label: t('sort.newest') },
  ],
});

const none = () => t('value.none');

/** The list of accounts. */
export class ConsoleAccountsPage extends ListPage<Account> {
  protected readonly path = 'accounts';
  protected readonly emptyText = { title: t('accounts.empty'), text: t('accounts.empty.text') };
  protected override readonly newRecord = {
    href: '/accounts/new',
    label: t('account.new'),
    permission: 'account.write',
  };
  protected readonly columns: readonly Column<Account>[] = [
    {
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('account', id)}>${name}</a>`,
    },
    { label: t('field.industry'), cell: ({ industry }) => industry ?? none() },
    { label: t('field.segment'), cell: ({ segment }) => segment ?? none() },
    { label: t('field.region'), cell: ({ region }) => region ?? none() },
    {
      label: t('field.annualRevenue'),
      isNumber: true,
      cell: ({ annualRevenue }) => this.app.format.money(annualRevenue),
    },
    { label: t('field.owner'), cell: ({ owner }) => owner?.name ?? none() },
  ];

  get heading(): string {
    return t('nav.accounts');
  }

  protected override get question() {
    return question();
  }
}

/** The list of contacts. */
export class ConsoleContactsPage extends ListPage<Contact> {
  protected readonly path = 'contacts';
  protected readonly emptyText = { title: t('contacts.empty'), text: t('contacts.empty.text') };
  protected override readonly newRecord = {
    href: '/contacts/new',
    label: t('contact.new'),
    permission: 'contact.write',
  };
  protected readonly columns: readonly Column<Contact>[] = [
    {
      label: t('field.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href=${recordHref('contact', id)}>${name}</a>`,
    },
    { label: t('field.title'), cell: ({ title }) => title ?? none() },
    { label: t('field.account'), cell: ({ account }) => recordLink(this.app, 'account', account) ?? none() },
    { label: t('field.email'), cell: ({ email }) => mailLink(email) ?? none() },
    { label: t('field.phone'), cell: ({ phone }) => phoneLink(phone) ?? none() },
    { label: t('field.owner'), cell: ({ owner }) => owner?.name ?? none() },
  ];

  get heading(): string {
    return t('nav.contacts');
  }

  protected override get question() {
    return question();
  }
}
