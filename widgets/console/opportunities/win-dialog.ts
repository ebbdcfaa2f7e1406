import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page } from '../../../backend/contracts/common.ts';
import type { Opportunity, WinRequest } from '../../../backend/contracts/opportunities.ts';
import type { Sale } from '../../../backend/contracts/sales.ts';
import { today } from '../../base/range.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { fieldView } from '../parts/field-view.ts';
import { type Field, readForm } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { fieldProblems, problemText } from '../parts/problems.ts';
import { banner, loadingState } from '../parts/states.ts';
import type { References } from '../records/references.ts';
import { t } from '../text.ts';
import { opportunityFields, opportunityValues } from './opportunity-fields.ts';
import {
  bookedLine,
  emptyLine,
  lineFields,
  lineOf,
  linesBody,
  lineView,
  productFinder,
  type WinLine,
} from './win-lines.ts';

interface Won {
  opportunity: Opportunity;
}

/**
 * Wins an opportunity: the day, what the won stage asks for, and what was sold; without lines its amount is booked as
 * one. Of one that is won already it corrects what is booked.
 */
export class ConsoleWinDialog extends ConsoleElement {
  static override properties = {
    opportunity: { attribute: false },
    references: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    won: { attribute: false },
    lines: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };

  declare opportunity: Opportunity;
  declare references: References;
  declare isOpen: boolean;
  declare onClose: () => void;
  declare won: (opportunity: Opportunity) => void;
  /** null while what is booked is loaded */
  declare lines: readonly WinLine[] | null;
  declare problem: unknown;
  declare isBusy: boolean;
  #asked: readonly Field[] = [];
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
    this.#asked = this.#isChange ? [] : this.#askedByStage();
    this.lines = this.#isChange ? null : [];
    if (this.#isChange) void this.#loadBooked();
  }

  get #isChange(): boolean {
    return this.opportunity.stage.kind === 'won';
  }

  async #loadBooked(): Promise<void> {
    try {
      const query = { opportunity: this.opportunity.id, limit: 200 };
      const { items } = await this.app.api.get<Page<Sale>>('sales', query);
      this.lines = items.map((sale) => bookedLine(sale, this.#nextKey++));
    } catch (error) {
      this.onClose();
      this.app.notify(problemText(error), 'error');
    }
  }

  /** What the won stage asks for and the opportunity has not. */
  #askedByStage(): Field[] {
    const { app, references, opportunity } = this;
    const stages = references.pipelines.find(({ id }) => id === opportunity.pipelineId)?.stages ?? [];
    const required = stages.find(({ kind }) => kind === 'won')?.requiredFields ?? [];
    const values = opportunityValues(opportunity);
    const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || String(value) === '';
    return opportunityFields(app, references, opportunity)
      .filter(({ name }) => required.includes(name) && isEmpty(values[name]))
      .map((field) => ({ ...field, required: field.kind !== 'checkbox' }));
  }

  protected override render() {
    const heading = t(this.#isChange ? 'win.change.title' : 'win.title', { name: this.opportunity.name });
    return html`<salespulse-console-dialog .heading=${heading} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .isWide=${true} .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const { lines } = this;
    if (lines === null) return loadingState(3);
    const { amount, closedOn } = this.opportunity;
    const names = [
      'closedOn',
      ...this.#asked.map(({ name }) => `fields.${name}`),
      ...lines.flatMap((_, index) => lineFields(index)),
    ];
    const { byField, others } = fieldProblems(this.problem, names);
    const closedProblem = byField.get('closedOn');
    const hands = {
      app: this.app,
      problems: byField,
      change: this.#changeLine,
      remove: this.#isChange && lines.length === 1 ? null : this.#removeLine,
      products: productFinder(this.app),
    };
    const asksAmount = this.#asked.some(({ name }) => name === 'amount');
    const canSubmit = lines.length > 0 || (!this.#isChange && (amount !== null || asksAmount));
    return html`<form class="form" @submit=${this.#submit}>
      ${this.problem ? banner('error', html`<p>${problemText(this.problem)}</p>${others.map((text) => html`<p>${text}</p>`)}`) : nothing}
      <div class="field">
        <label for="win-day">${t('field.closedOn')}</label>
        <input id="win-day" name="closedOn" type="date" required .value=${(this.#isChange ? closedOn : null) ?? today(this.app.me.timeZone)} aria-invalid=${closedProblem ? 'true' : nothing}
          aria-describedby=${closedProblem ? 'win-day-problem' : nothing} />
        ${closedProblem ? html`<p class="field-problem" id="win-day-problem">${closedProblem}</p>` : nothing}
      </div>
      ${
        this.#asked.length > 0
          ? html`<p class="muted">${t('win.asked')}</p><div class="form-grid">${this.#asked.map((field) =>
              fieldView(field, { value: null, problem: byField.get(`fields.${field.name}`), prefix: 'win' }),
            )}</div>`
          : nothing
      }
      ${lines.length > 0 || asksAmount ? nothing : html`<p class="muted">${amount ? t('win.oneLine', { amount: this.app.format.money(amount) }) : t('win.noAmount')}</p>`}
      ${repeat(
        lines,
        ({ key }) => key,
        (line, index) => lineView(line, index, hands),
      )}
      <button type="button" class="button" @click=${this.#addLine}>${icon('plus')}${t('win.addLine')}</button>
      <div class="form-actions">
        <button type="button" class="button" @click=${this.onClose} ?disabled=${this.isBusy}>${t('form.cancel')}</button>
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy || !canSubmit}>${t(this.isBusy ? 'form.saving' : this.#isChange ? 'win.change.save' : 'win.action')}</button>
      </div>
    </form>`;
  }

  readonly #changeLine = (line: WinLine): void => {
    this.lines = (this.lines ?? []).map((one) => (one.key === line.key ? line : one));
  };

  readonly #removeLine = (line: WinLine): void => {
    this.lines = (this.lines ?? []).filter(({ key }) => key !== line.key);
  };

  readonly #addLine = (): void => {
    const lines = this.lines ?? [];
    const currency = lines[0]?.currency ?? this.opportunity.amount?.currency ?? this.app.me.currency;
    const key = this.#nextKey++;
    const isFirst = lines.length === 0 && !this.#isChange;
    this.lines = [...lines, isFirst ? lineOf(this.opportunity, key, currency) : emptyLine(key, currency)];
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = null;
    const form = event.target as HTMLFormElement;
    const done = this.#isChange ? 'win.changed' : 'win.success';
    try {
      const { opportunity } = await this.#send(new FormData(form));
      this.#key.done();
      this.onClose();
      this.won(opportunity);
      this.app.notify(t(done, { name: opportunity.name }));
    } catch (error) {
      this.problem = error;
      await this.updateComplete;
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } finally {
      this.isBusy = false;
    }
  };

  #send(data: FormData): Promise<Won> {
    const path = `opportunities/${this.opportunity.id}/win`;
    const closedOn = String(data.get('closedOn') ?? '');
    const lines = linesBody(this.lines ?? []);
    if (this.#isChange) {
      return this.app.api.send<Won>('PUT', path, { closedOn, lines }, { ifMatch: this.opportunity.version });
    }
    const request: WinRequest = {
      closedOn,
      ...(lines.length > 0 ? { lines } : {}),
      ...(this.#asked.length > 0 ? { fields: readForm(data, this.#asked, {}) } : {}),
    };
    return this.app.api.send<Won>('POST', path, request, { idempotencyKey: this.#key.for([path, request]) });
  }
}
