import { html, nothing, type TemplateResult } from 'lit';
import type { Named, Page } from '../../../backend/contracts/common.ts';
import type { Opportunity, WinChange } from '../../../backend/contracts/opportunities.ts';
import type { Product, Sale } from '../../../backend/contracts/sales.ts';
import { type App, can, seesFields } from '../app.ts';
import { icon } from '../parts/icons.ts';
import { t } from '../text.ts';
import { currencyDigits, lineAmount, priceOf } from './line-amount.ts';

/** A line as it is typed; the amount is what counts, price and discount help to reckon it. */
export interface WinLine {
  key: number;
  product: Named | null;
  quantity: string;
  price: string;
  discount: string;
  amount: string;
  cost: string;
  currency: string;
}

type Typed = 'quantity' | 'price' | 'discount' | 'amount' | 'cost';

/** `1200.0000` as somebody would type it. */
const short = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);

/** The first line of an opportunity that is about to be won. */
export function lineOf(opportunity: Opportunity, key: number, currency: string): WinLine {
  const amount = opportunity.amount ? short(opportunity.amount.amount) : '';
  return { key, product: opportunity.product, quantity: '1', price: amount, discount: '', amount, cost: '', currency };
}

export const emptyLine = (key: number, currency: string): WinLine => ({
  ...{ key, product: null, quantity: '1', price: '', discount: '', amount: '', cost: '', currency },
});

/** A line that is booked already. */
export function bookedLine(sale: Sale, key: number): WinLine {
  const { amount, currency } = sale.amount;
  const price = priceOf(amount, sale.quantity, currencyDigits(currency));
  return {
    ...{ key, product: sale.product, currency, price, discount: '' },
    quantity: short(sale.quantity),
    amount: short(amount),
    cost: sale.cost ? short(sale.cost.amount) : '',
  };
}

/** The line with `text` typed into one of its inputs; the amount follows quantity, price and discount. */
export function typed(line: WinLine, input: Typed, text: string): WinLine {
  const next = { ...line, [input]: text };
  // An amount that is typed is nobody's sum.
  if (input === 'amount') return { ...next, price: '', discount: '' };
  if (input === 'cost') return next;
  const amount = lineAmount(next.quantity, next.price, next.discount, currencyDigits(next.currency));
  return amount === null ? next : { ...next, amount };
}

/** The line with a product, at its list price unless another was typed. */
export function withProduct(line: WinLine, product: Product | null): WinLine {
  const named = product && { id: product.id, name: product.name };
  const list = product?.listPrice;
  if (list?.currency !== line.currency || line.price !== '') return { ...line, product: named };
  return typed({ ...line, product: named }, 'price', short(list.amount));
}

/** The lines as the wire has them. */
export const linesBody = (lines: readonly WinLine[]): WinChange['lines'] =>
  lines.map(({ product, quantity, amount, cost, currency }) => ({
    product: product?.id ?? null,
    quantity: quantity.trim(),
    amount: { amount: amount.trim(), currency },
    cost: cost.trim() ? { amount: cost.trim(), currency } : null,
  }));

/** Names of the inputs of a line, as refusals point to them. */
export const lineFields = (index: number): string[] =>
  ['product', 'quantity', 'amount', 'cost'].map((name) => `lines.${index}.${name}`);

export interface LineHands {
  app: App;
  problems: ReadonlyMap<string, string>;
  change(line: WinLine): void;
  remove: ((line: WinLine) => void) | null;
  products(q: string, signal: AbortSignal): Promise<readonly Product[]>;
}

/** Products by name, with their prices. */
export const productFinder =
  (app: App) =>
  async (q: string, signal: AbortSignal): Promise<readonly Product[]> =>
    (await app.api.get<Page<Product>>('products', { q, limit: 20 }, { signal })).items;

/** The inputs of a line. */
export function lineView(line: WinLine, index: number, hands: LineHands): TemplateResult {
  const { app, change, remove } = hands;
  const number = index + 1;
  const chosen = (event: Event) => {
    const { value } = event.currentTarget as HTMLElement & { value: Product | null };
    if (value?.id !== line.product?.id) change(withProduct(line, value));
  };
  return html`<fieldset class="win-line">
    <legend>${t('win.line', { number })}</legend>
    ${
      can(app.me, 'product.read')
        ? html`<div class="field win-product"><label for="win-${line.key}-product">${t('field.product')}</label>
          <salespulse-console-lookup .inputId=${`win-${line.key}-product`} .name=${`product-${line.key}`} .value=${line.product} .find=${hands.products}
            @change=${chosen} @focusout=${chosen}></salespulse-console-lookup></div>`
        : nothing
    }
    ${amountInput(line, index, 'quantity', t('win.quantity'), hands, true)}
    ${amountInput(line, index, 'price', `${t('win.price')} (${line.currency})`, hands)}
    ${amountInput(line, index, 'discount', t('win.discount'), hands)}
    ${amountInput(line, index, 'amount', `${t('field.amount')} (${line.currency})`, hands, true)}
    ${seesFields(app.me, 'cost') ? amountInput(line, index, 'cost', `${t('win.cost')} (${line.currency})`, hands) : nothing}
    ${remove ? html`<button type="button" class="icon-button" aria-label=${t('win.removeLine', { number })} @click=${() => remove(line)}>${icon('trash')}</button>` : nothing}
  </fieldset>`;
}

function amountInput(
  line: WinLine,
  index: number,
  input: Typed,
  label: string,
  hands: LineHands,
  required = false,
): TemplateResult {
  const id = `win-${line.key}-${input}`;
  const problem = hands.problems.get(`lines.${index}.${input}`);
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} type="number" inputmode="decimal" step="any" min=${input === 'amount' ? nothing : 0} max=${input === 'discount' ? 100 : nothing} ?required=${required}
      .value=${line[input]} aria-invalid=${problem ? 'true' : nothing} aria-describedby=${problem ? `${id}-problem` : nothing}
      @input=${(event: Event) => hands.change(typed(line, input, (event.target as HTMLInputElement).value))} />
    ${problem ? html`<p class="field-problem" id="${id}-problem">${problem}</p>` : nothing}</div>`;
}
