import { scopeOf, seesFields } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import {
  currencyListSchema,
  productListQuery,
  productPageSchema,
  productSchema,
  saleListQuery,
  salePageSchema,
  saleSchema,
  spendListQuery,
  spendPageSchema,
} from '../contracts/sales.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, cutPage, decodeCursor, defineRoute, encodeCursor, invalid, notFound } from '../http/index.ts';
import { listCurrencies } from './currency.repository.ts';
import { findProduct, listProducts } from './product.repository.ts';
import { findSale, listSales, type Placed } from './sale.repository.ts';
import { listSpend } from './spend.repository.ts';

/** Reading of sales, products, spend and currencies. */
export function salesRoutes({ database }: Dependencies): AnyRoute[] {
  const runner = database.sql;
  return [
    defineRoute({
      method: 'get',
      path: '/sales',
      operationId: 'listSales',
      tag: 'Sales',
      summary: 'Booked sales, newest first',
      access: 'sale.read',
      query: saleListQuery,
      responses: { 200: salePageSchema },
      handler: async ({ principal, query }) => {
        const scope = scopeOf(principal, 'sale.read');
        const after = place(query.cursor, 'sales');
        const rows = await listSales(runner, query, scope, seesFields(principal, 'cost'), after);
        return { body: page(rows, query.limit, 'sales') };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sales/:id',
      operationId: 'getSale',
      tag: 'Sales',
      summary: 'One sale',
      access: 'sale.read',
      params: idParams,
      responses: { 200: saleSchema },
      handler: async ({ principal, params }) => {
        const sale = await findSale(runner, params.id, scopeOf(principal, 'sale.read'), seesFields(principal, 'cost'));
        if (!sale) throw notFound('sale');
        return { body: sale };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/products',
      operationId: 'listProducts',
      tag: 'Sales',
      summary: 'The product catalogue, by name',
      access: 'product.read',
      query: productListQuery,
      responses: { 200: productPageSchema },
      handler: async ({ principal, query }) => {
        const after = place(query.cursor, 'products');
        const rows = await listProducts(runner, query, seesFields(principal, 'cost'), after);
        return { body: page(rows, query.limit, 'products') };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/products/:id',
      operationId: 'getProduct',
      tag: 'Sales',
      summary: 'One product',
      access: 'product.read',
      params: idParams,
      responses: { 200: productSchema },
      handler: async ({ principal, params }) => {
        const product = await findProduct(runner, params.id, seesFields(principal, 'cost'));
        if (!product) throw notFound('product');
        return { body: product };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/spend',
      operationId: 'listSpend',
      tag: 'Sales',
      summary: 'Sales and marketing spend, newest first',
      access: 'spend.read',
      query: spendListQuery,
      responses: { 200: spendPageSchema },
      handler: async ({ principal, query }) => {
        const rows = await listSpend(runner, query, scopeOf(principal, 'spend.read'), place(query.cursor, 'spend'));
        return { body: page(rows, query.limit, 'spend') };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/currencies',
      operationId: 'listCurrencies',
      tag: 'Sales',
      summary: 'Known currencies with their newest rates',
      access: 'signed-in',
      responses: { 200: currencyListSchema },
      handler: async () => ({ body: { items: await listCurrencies(runner) } }),
    }),
  ];
}

function place(cursor: string | undefined, order: string): readonly [string, string] | null {
  const parts = decodeCursor(cursor, order, 2);
  if (parts === null) return null;
  const [sort, id] = parts;
  if (typeof sort === 'string' && typeof id === 'string') return [sort, id];
  throw invalid('/query/cursor', 'is not a cursor of this list and order');
}

function page<T>(found: Placed<T>[], limit: number, order: string): { items: T[]; nextCursor: string | null } {
  const { rows, nextCursor } = cutPage(found, limit, ({ sort, id }) => encodeCursor(order, [sort, id]));
  return { items: rows.map(({ item }) => item), nextCursor };
}
