import { dayText, momentText } from '../calendar.ts';
import type { DemoCompany } from '../company.ts';
import type { Product } from '../model.ts';
import { moneyText, type TableRows, table } from './table.ts';

const productKey = ({ name }: Product): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

export function salesTables({ products, sales, spend, span, currencies }: DemoCompany): TableRows[] {
  const listed = `${dayText(span.start - 300)}T08:00:00.000Z`;
  return [
    table('product', products, {
      id: (product) => product.id,
      name: (product) => product.name,
      name_key: productKey,
      sku: (product) => product.sku,
      category: (product) => product.category,
      list_price: (product) => moneyText(product.listPrice),
      unit_cost: (product) => moneyText(product.unitCost),
      currency_code: () => currencies.base,
      created_at: () => listed,
      updated_at: () => listed,
    }),
    table('sale', sales, {
      id: (sale) => sale.id,
      sold_on: (sale) => dayText(sale.soldOn),
      account_id: (sale) => sale.account.id,
      product_id: (sale) => sale.line.product.id,
      product_category: (sale) => sale.line.product.category,
      quantity: (sale) => `${sale.line.units}`,
      amount: (sale) => moneyText(sale.line.amount),
      cost: (sale) => moneyText(sale.line.cost),
      currency_code: (sale) => sale.currency,
      amount_base: (sale) => moneyText(sale.amountBase),
      cost_base: (sale) => moneyText(sale.costBase),
      owner_id: (sale) => sale.owner.id,
      team_id: (sale) => sale.owner.team.id,
      region: (sale) => sale.account.region,
      source: (sale) => sale.source,
      segment: (sale) => sale.account.segment,
      campaign: (sale) => sale.campaign,
      opportunity_id: (sale) => sale.opportunity?.id ?? null,
      lead_id: (sale) => sale.opportunity?.lead?.id ?? null,
      created_at: (sale) => momentText(sale.createdAt),
      updated_at: (sale) => momentText(sale.createdAt),
    }),
    table('spend', spend, {
      id: (row) => row.id,
      spent_on: (row) => dayText(row.spentOn),
      category: (row) => row.category,
      source: (row) => row.source,
      campaign: (row) => row.campaign,
      region: (row) => row.region,
      team_id: (row) => row.team?.id ?? null,
      amount: (row) => moneyText(row.amount),
      currency_code: () => currencies.base,
      amount_base: (row) => moneyText(row.amount),
      created_at: (row) => `${dayText(row.spentOn)}T00:00:00.000Z`,
      updated_at: (row) => `${dayText(row.spentOn)}T00:00:00.000Z`,
    }),
  ];
}
