import { html, nothing, type PropertyValues } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { ConvertRequest } from '../../../backend/contracts/opportunities.ts';
import type { Pipeline } from '../../../backend/contracts/pipelines.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { OnceKey } from '../parts/once-key.ts';
import { finder, namedOptions, pipelinesOf, type References } from '../records/references.ts';
import { t } from '../text.ts';

interface Conversion {
  opportunity: { id: string } | null;
}

/** Makes a lead into an account, a contact and, unless unwanted, an opportunity. */
export class ConsoleConvertDialog extends ConsoleElement {
  static override properties = {
    lead: { attribute: false },
    references: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    pipelines: { state: true },
    target: { state: true },
    hasOpportunity: { state: true },
  };

  declare lead: Lead;
  declare references: References;
  declare isOpen: boolean;
  declare onClose: () => void;
  declare pipelines: readonly Pipeline[];
  /** Which account the contact and the opportunity belong to. */
  declare target: 'new' | 'existing';
  declare hasOpportunity: boolean;
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.isOpen = false;
    this.pipelines = [];
    this.target = 'new';
    this.hasOpportunity = true;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('isOpen') && this.isOpen) void this.#loadStages();
  }

  async #loadStages(): Promise<void> {
    try {
      this.pipelines = await pipelinesOf(this.app, 'opportunity');
    } catch {
      // Without the stages the opportunity starts in the first one, as the server decides.
      this.pipelines = [];
    }
  }

  protected override render() {
    return html`<salespulse-console-dialog .heading=${t('convert.title', { name: this.lead.name })} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    return html`<p class="muted">${t('convert.text')}</p>
      <fieldset class="choice">
        <legend>${t('convert.account')}</legend>
        ${(['new', 'existing'] as const).map(
          (target) =>
            html`<label class="check"><input type="radio" name="target" .checked=${this.target === target} @change=${() => {
              this.target = target;
            }} /><span>${t(`convert.account.${target}`)}</span></label>`,
        )}
      </fieldset>
      <label class="check"><input type="checkbox" .checked=${this.hasOpportunity} @change=${(event: Event) => {
        this.hasOpportunity = (event.target as HTMLInputElement).checked;
      }} /><span>${t('convert.withOpportunity')}</span></label>
      <salespulse-console-form .app=${this.app} .fields=${this.#fields()} .values=${this.#values()} .save=${this.#convert}
        .cancel=${this.onClose} .submitLabel=${t('convert.action')}></salespulse-console-form>`;
  }

  #fields(): Field[] {
    const account: Field =
      this.target === 'new'
        ? {
            name: 'accountName',
            label: t('convert.accountName'),
            kind: 'text',
            required: true,
            maxLength: 200,
            isWide: true,
          }
        : {
            name: 'accountId',
            label: t('field.account'),
            kind: 'lookup',
            required: true,
            isWide: true,
            find: finder(this.app, 'accounts'),
          };
    if (!this.hasOpportunity) return [account];
    const stages = (this.pipelines[0]?.stages ?? []).filter(({ kind }) => kind === 'open');
    return [
      account,
      {
        name: 'opportunity.name',
        label: t('convert.opportunityName'),
        kind: 'text',
        required: true,
        maxLength: 200,
        isWide: true,
      },
      { name: 'opportunity.amount', label: t('field.amount'), kind: 'money', min: 0, currency: this.app.me.currency },
      { name: 'opportunity.expectedCloseOn', label: t('field.expectedCloseOn'), kind: 'date' },
      ...(stages.length > 0
        ? [
            {
              name: 'opportunity.stageId',
              label: t('record.stage'),
              kind: 'select' as const,
              options: namedOptions(stages),
            },
          ]
        : []),
    ];
  }

  #values(): FormValues {
    const { lead } = this;
    return {
      accountName: lead.company ?? lead.name,
      'opportunity.name': [lead.company ?? lead.name, lead.productCategory].filter(Boolean).join(' – '),
      'opportunity.amount': lead.value,
    };
  }

  readonly #convert = async (body: FormValues): Promise<void> => {
    const account = this.target === 'new' ? { name: String(body.accountName) } : { id: String(body.accountId) };
    const request: ConvertRequest = { account };
    if (this.hasOpportunity) request.opportunity = opportunityOf(body);
    const path = `leads/${this.lead.id}/convert`;
    const { opportunity } = await this.app.api.send<Conversion>('POST', path, request, {
      idempotencyKey: this.#key.for([path, request]),
    });
    this.#key.done();
    this.onClose();
    this.app.notify(t('convert.success', { name: this.lead.name }));
    this.app.navigate(opportunity ? `/opportunities/${opportunity.id}` : '/leads');
  };
}

function opportunityOf(body: FormValues): NonNullable<ConvertRequest['opportunity']> {
  const stageId = body['opportunity.stageId'];
  return {
    name: String(body['opportunity.name']),
    amount: body['opportunity.amount'] as NonNullable<ConvertRequest['opportunity']>['amount'],
    expectedCloseOn: body['opportunity.expectedCloseOn'] as string | null,
    ...(typeof stageId === 'string' ? { stageId } : {}),
  };
}
