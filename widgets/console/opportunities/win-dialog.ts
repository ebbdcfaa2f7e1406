import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Named } from '../../../backend/contracts/common.ts';
import type { Opportunity, WinRequest } from '../../../backend/contracts/opportunities.ts';
import { today } from '../../base/range.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { fieldProblems, problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { finder } from '../records/references.ts';
import { t } from '../text.ts';

interface Line {
  key: number;
  product: Named | null;
}

interface Won {
  opportunity: Opportunity;
}

/** Wins an opportunity: the day, and what was sold; without lines its amount is booked as one. */
export class ConsoleWinDialog extends ConsoleElement {
  static override properties = {
    opportunity: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    won: { attribute: false },
    lines: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };

  declare opportunity: Opportunity;
  declare isOpen: boolean;
  declare onClose: () => void;
  declare won: (opportunity: Opportunity) => void;
  declare lines: readonly Line[];
  declare problem: unknown;
  declare isBusy: boolean;
  #nextKey = 1;
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.isOpen = false;
    this.lines = [];
    this.problem = null;
    this.isBusy = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen') || !this.isOpen) return;
    this.problem = null;
    this.lines = [];
  }

  protected override render() {
    return html`<salespulse-console-dialog .heading=${t('win.title', { name: this.opportunity.name })} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .isWide=${true} .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const { amount } = this.opportunity;
    const { byField, others } = fieldProblems(this.problem, ['closedOn']);
    const closedProblem = byField.get('closedOn');
    return html`<form class="form" @submit=${this.#submit}>
      ${this.problem ? banner('error', html`<p>${problemText(this.problem)}</p>${others.map((text) => html`<p>${text}</p>`)}`) : nothing}
      <div class="field">
        <label for="win-day">${t('field.closedOn')}</label>
        <input id="win-day" name="closedOn" type="date" required .value=${today(this.app.me.timeZone)} aria-invalid=${closedProblem ? 'true' : nothing} />
        ${closedProblem ? html`<p class="field-problem">${closedProblem}</p>` : nothing}
      </div>
      ${this.lines.length === 0 ? html`<p class="muted">${amount ? t('win.oneLine', { amount: this.app.format.money(amount) }) : t('win.noAmount')}</p>` : nothing}
      ${repeat(
        this.lines,
        ({ key }) => key,
        (line, index) => this.#line(line, index),
      )}
      <button type="button" class="button" @click=${this.#addLine}>${icon('plus')}${t('win.addLine')}</button>
      <div class="form-actions">
        <button type="button" class="button" @click=${this.onClose} ?disabled=${this.isBusy}>${t('form.cancel')}</button>
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy || (this.lines.length === 0 && !amount)}>${t(this.isBusy ? 'form.saving' : 'win.action')}</button>
      </div>
    </form>`;
  }

  #line(line: Line, index: number) {
    const number = index + 1;
    const id = `win-${line.key}`;
    const currency = this.#currency;
    return html`<fieldset class="win-line">
      <legend>${t('win.line', { number })}</legend>
      ${
        can(this.app.me, 'product.read')
          ? html`<div class="field"><label for="${id}-product">${t('field.product')}</label>
            <salespulse-console-lookup .inputId=${`${id}-product`} .name=${`product-${line.key}`} .value=${line.product} .find=${finder(this.app, 'products')}></salespulse-console-lookup></div>`
          : nothing
      }
      <div class="field"><label for="${id}-quantity">${t('win.quantity')}</label>
        <input id="${id}-quantity" name="quantity-${line.key}" type="number" step="any" min="0" required value="1" /></div>
      <div class="field"><label for="${id}-amount">${t('field.amount')} (${currency})</label>
        <input id="${id}-amount" name="amount-${line.key}" type="number" step="any" min="0" required .value=${index === 0 ? (this.opportunity.amount?.amount ?? '') : ''} /></div>
      ${
        this.app.me.fieldGroups.includes('cost')
          ? html`<div class="field"><label for="${id}-cost">${t('win.cost')} (${currency})</label><input id="${id}-cost" name="cost-${line.key}" type="number" step="any" min="0" /></div>`
          : nothing
      }
      <button type="button" class="icon-button" aria-label=${t('win.removeLine', { number })} @click=${() => {
        this.lines = this.lines.filter(({ key }) => key !== line.key);
      }}>${icon('trash')}</button>
    </fieldset>`;
  }

  get #currency(): string {
    return this.opportunity.amount?.currency ?? this.app.me.currency;
  }

  readonly #addLine = (): void => {
    this.lines = [
      ...this.lines,
      { key: this.#nextKey++, product: this.lines.length === 0 ? this.opportunity.product : null },
    ];
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.isBusy = true;
    this.problem = null;
    try {
      const request = this.#request(new FormData(event.target as HTMLFormElement));
      const path = `opportunities/${this.opportunity.id}/win`;
      const { opportunity } = await this.app.api.send<Won>('POST', path, request, {
        idempotencyKey: this.#key.for([path, request]),
      });
      this.#key.done();
      this.onClose();
      this.won(opportunity);
      this.app.notify(t('win.success', { name: opportunity.name }));
    } catch (error) {
      this.problem = error;
    } finally {
      this.isBusy = false;
    }
  };

  #request(data: FormData): WinRequest {
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const request: WinRequest = { closedOn: text('closedOn') };
    if (this.lines.length === 0) return request;
    const money = (amount: string) => ({ amount, currency: this.#currency });
    request.lines = this.lines.map(({ key }) => ({
      product: text(`product-${key}`) || null,
      quantity: text(`quantity-${key}`),
      amount: money(text(`amount-${key}`)),
      cost: text(`cost-${key}`) ? money(text(`cost-${key}`)) : null,
    }));
    return request;
  }
}
