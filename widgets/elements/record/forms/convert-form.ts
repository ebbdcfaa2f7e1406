import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Me } from '../../../../backend/contracts/auth.ts';
import type { Named, Page } from '../../../../backend/contracts/common.ts';
import type { Lead } from '../../../../backend/contracts/leads.ts';
import type { ConvertRequest } from '../../../../backend/contracts/opportunities.ts';
import { ApiError } from '../../../base/api.ts';
import { PanelForm, type Refusal, textOf } from './panel-form.ts';

/**
 * Makes a lead into an account, a contact and, unless unwanted, an opportunity. An account of the same name is taken;
 * what the stage asks for is asked in its own dialog.
 */
export class SalesPulseConvertForm extends PanelForm {
  static override properties: PropertyDeclarations = {
    lead: { attribute: false },
    stage: { attribute: false },
    accounts: { state: true },
    typed: { state: true },
    hasDeal: { state: true },
    mayDeal: { state: true },
    currency: { state: true },
  };

  declare lead: Lead;
  /** Name of the stage it goes into. */
  declare stage: string;
  /** Accounts whose names are like what is typed; null where nobody has looked yet. */
  declare accounts: readonly Named[] | null;
  declare typed: string;
  declare hasDeal: boolean;
  declare mayDeal: boolean;
  declare currency: string;

  constructor() {
    super();
    this.stage = '';
    this.accounts = null;
    this.typed = '';
    this.hasDeal = true;
    this.mayDeal = true;
    this.currency = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.typed = this.#company;
    void this.#look(this.typed);
    void this.#askWho();
  }

  get #company(): string {
    return this.lead.company ?? this.lead.name;
  }

  async #askWho(): Promise<void> {
    const me = await this.api.get<Me>('me').catch(() => null);
    this.currency = this.lead.value?.currency ?? me?.currency ?? '';
    this.mayDeal = !me || (me.permissions['opportunity.write'] ?? 'none') !== 'none';
  }

  protected override get label(): string {
    return this.t('convert.form', { name: this.lead.name });
  }

  protected override get action(): string {
    return this.t('convert.action');
  }

  protected override inputs(): TemplateResult {
    const { accounts } = this;
    const isKnown = accounts?.some(({ name }) => isSame(name, this.typed));
    return html`<p>${this.t('convert.text', { name: this.lead.name })}</p>
      <label>${this.t('convert.account')}
        <input name="account" maxlength="200" autocomplete="off" list="accounts" .value=${this.#company} @input=${this.#typing}
          aria-invalid=${this.invalid('account')} aria-describedby="known" />
      </label>
      <datalist id="accounts">${accounts?.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      <small id="known" role="status">${accounts && this.typed ? this.t(isKnown ? 'convert.account.known' : 'convert.account.new') : nothing}</small>
      ${this.mayDeal ? this.#deal() : nothing}`;
  }

  #deal(): TemplateResult {
    const { lead, currency } = this;
    return html`<label class="check"><input type="checkbox" name="hasDeal" .checked=${this.hasDeal} @change=${(
      event: Event,
    ) => {
      this.hasDeal = (event.target as HTMLInputElement).checked;
    }} />${this.t('convert.deal')}</label>
    ${
      this.hasDeal
        ? html`<label>${this.t('convert.deal.name')}<input name="name" maxlength="200" autocomplete="off" aria-invalid=${this.invalid('name')}
              .value=${[this.#company, lead.productCategory].filter(Boolean).join(' – ')} /></label>
          <div class="row">
            <label>${this.t('convert.amount', { currency })}<input name="amount" type="number" step="any" min="0" inputmode="decimal" .value=${lead.value?.amount ?? ''}
              aria-invalid=${this.invalid('amount')} /></label>
            <label>${this.t('convert.close')}<input name="expectedCloseOn" type="date" /></label>
          </div>`
        : nothing
    }`;
  }

  readonly #typing = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value.trim();
    void this.#look(this.typed);
  };

  /** Without the right to see accounts there are no names to offer. */
  async #look(q: string): Promise<void> {
    if (q.length < 2) return;
    const page = await this.api.get<Page<Named>>('accounts', { q, limit: 10 }).catch(() => null);
    if (page && q === this.typed) this.accounts = page.items;
  }

  protected override check(form: FormData): Refusal | null {
    if (textOf(form, 'account') === '') return { text: this.t('convert.account.empty'), input: 'account' };
    const isNameless = form.has('hasDeal') && textOf(form, 'name') === '';
    return isNameless ? { text: this.t('convert.deal.empty'), input: 'name' } : null;
  }

  protected override async send(form: FormData): Promise<boolean> {
    const amount = textOf(form, 'amount');
    const expectedCloseOn = textOf(form, 'expectedCloseOn');
    const opportunity = {
      name: textOf(form, 'name'),
      amount: amount ? { amount, currency: this.currency } : null,
      ...(expectedCloseOn ? { expectedCloseOn } : {}),
    };
    const request: ConvertRequest = {
      account: { name: textOf(form, 'account') },
      ...(form.has('hasDeal') ? { opportunity } : {}),
    };
    try {
      await this.#convert(request);
    } catch (error) {
      if (!(error instanceof ApiError) || !isAboutLead(error)) throw error;
      const { askForEntry } = await import('../../stage-entry/ask-for-entry.ts');
      const { locale, theme } = this.config;
      const question = { entity: 'lead', stage: { name: this.stage }, problem: error, locale, theme } as const;
      const entry = await askForEntry(this.renderRoot, this.api, question);
      if (!entry) return false;
      await this.#convert({ ...request, ...(entry.fields ? { fields: entry.fields } : {}) });
    }
    return true;
  }

  async #convert(request: ConvertRequest): Promise<void> {
    // A lead is converted once, whatever was changed of it meanwhile: the server sees to that.
    await this.api.send('POST', `${this.path}/convert`, request);
  }
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The stage asks for fields of the lead, and for nothing else. */
const isAboutLead = ({ code, errors }: ApiError): boolean =>
  code === 'stage_requirements' && errors.every(({ pointer }) => pointer.startsWith('/fields/'));
