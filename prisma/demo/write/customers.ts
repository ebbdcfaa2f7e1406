import { momentText } from '../calendar.ts';
import type { DemoCompany } from '../company.ts';
import { moneyText, type TableRows, table } from './table.ts';

const nameKey = (name: string): string => name.toLowerCase().replace(/\s+/g, ' ').trim();

export function customerTables({ accounts, contacts, currencies }: DemoCompany): TableRows[] {
  return [
    table('account', accounts, {
      id: (account) => account.id,
      name: (account) => account.name,
      name_key: (account) => nameKey(account.name),
      domain: (account) => account.domain,
      industry: (account) => account.industry,
      segment: (account) => account.segment,
      region: (account) => account.region,
      country: (account) => account.country,
      employees: (account) => `${account.employees}`,
      annual_revenue: (account) => moneyText(account.annualRevenue),
      currency_code: () => currencies.base,
      founded_year: (account) => `${account.foundedYear}`,
      owner_id: (account) => account.owner.id,
      team_id: (account) => account.owner.team.id,
      created_at: (account) => momentText(account.createdAt),
      updated_at: (account) => momentText(account.createdAt),
    }),
    table('contact', contacts, {
      id: (contact) => contact.id,
      account_id: (contact) => contact.account.id,
      name: (contact) => contact.name,
      email: (contact) => contact.email,
      phone: (contact) => contact.phone,
      title: (contact) => contact.title,
      owner_id: (contact) => contact.account.owner.id,
      team_id: (contact) => contact.account.owner.team.id,
      created_at: (contact) => momentText(contact.createdAt),
      updated_at: (contact) => momentText(contact.createdAt),
    }),
  ];
}
