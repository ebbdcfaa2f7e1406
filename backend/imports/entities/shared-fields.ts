import type { Fail, RunFacts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import { field, type ImportField } from './field.ts';

/** Fields that name other records: people, teams, accounts, products. */
export function referenceFields(which: { account: boolean; product: boolean }): ImportField[] {
  return [
    ...(which.account
      ? [
          field(
            'account',
            'Account',
            'line',
            [
              'Account Name',
              'Account',
              'Customer',
              'Customer Name',
              'Company',
              'Company Name',
              'Associated Company',
              'Client',
              'Kunde',
              'Firma',
              'Kundenname',
              'Unternehmen',
            ],
            'Name of the company; found or made.',
          ),
        ]
      : []),
    ...(which.product
      ? [
          field(
            'product',
            'Product',
            'line',
            ['Product Name', 'Product', 'Item', 'Item Name', 'Produkt', 'Artikel', 'Produktname'],
            'Name of the product; found or made.',
          ),
        ]
      : []),
    field(
      'owner',
      'Owner',
      'line',
      [
        'Owner',
        'Sales Agent',
        'Sales Rep',
        'Salesperson',
        'Sales Person',
        'Opportunity Owner',
        'Lead Owner',
        'Account Owner',
        'Contact Owner',
        'Deal Owner',
        'Company Owner',
        'Owner Name',
        'Assigned To',
        'Rep',
        'Agent',
        'Verkäufer',
        'Vertriebsmitarbeiter',
        'Besitzer',
        'Zuständig',
      ],
      'Name or e-mail address of the person; found or made as a placeholder who cannot sign in.',
    ),
    field(
      'team',
      'Team',
      'line',
      ['Team', 'Sales Team', 'Team Name', 'HubSpot Team', 'Vertriebsteam'],
      "Name of the team; found or made. Left out: the owner's team.",
    ),
  ];
}

/** Fields by which analytics are sliced, and the currency. */
export function dimensionFields(): ImportField[] {
  return [
    field(
      'productCategory',
      'Product category',
      'line',
      [
        'Category',
        'Product Category',
        'Product Family',
        'Product Line',
        'Series',
        'Kategorie',
        'Produktkategorie',
        'Produktgruppe',
      ],
      "Left out: the product's category.",
    ),
    field(
      'region',
      'Region',
      'line',
      ['Region', 'Sales Region', 'Territory', 'Regional Office', 'Gebiet', 'Vertriebsgebiet'],
      "Left out: the team's region.",
    ),
    field(
      'segment',
      'Segment',
      'line',
      ['Segment', 'Customer Segment', 'Market Segment', 'Kundensegment'],
      "Left out: the account's segment.",
    ),
    field(
      'source',
      'Source',
      'line',
      [
        'Lead Source',
        'Source',
        'Original Source',
        'Original Traffic Source',
        'Channel',
        'Quelle',
        'Leadquelle',
        'Herkunft',
      ],
      'Where the interest came from.',
    ),
    field(
      'campaign',
      'Campaign',
      'line',
      ['Campaign', 'Campaign Name', 'Primary Campaign Source', 'Campaign Source', 'Kampagne'],
      'Marketing campaign.',
    ),
    currencyField(),
  ];
}

/** The currency of the row's amounts. */
export function currencyField(): ImportField {
  return field(
    'currency',
    'Currency',
    'currency',
    ['Currency', 'Currency Code', 'Currency ISO Code', 'CurrencyIsoCode', 'Währung', 'Deal Currency'],
    'Three-letter code. Left out: the sign in the amount, else the company currency.',
  );
}

/** A currency that can't be converted keeps a row out: its worth would be unknown. */
export function checkCurrency(row: ImportRow, run: RunFacts, fail: Fail, amounts: readonly string[]): void {
  const currencies = new Set<string>();
  for (const amount of amounts) {
    const money = moneyOf(row, amount, run.currency);
    if (money.amount !== null) currencies.add(money.currency);
  }
  for (const currency of currencies) {
    if (currency !== run.currency && !run.knownCurrencies.has(currency)) {
      const fieldKey = textOf(row, 'currency') === null ? (amounts[0] ?? null) : 'currency';
      fail(row, fieldKey, `is in ${currency}, for which no exchange rate to ${run.currency} is known`);
    }
  }
  if (currencies.size > 1)
    fail(row, amounts[0] ?? null, `and the other amounts of the row are in different currencies`);
}
