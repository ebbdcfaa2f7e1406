import { html, nothing, type PropertyValues } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import { reasonsText } from '../duplicates/reasons.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { FormValues } from '../parts/fields.ts';
import { OnceKey } from '../parts/once-key.ts';
import { loadReferences, type References } from '../records/references.ts';
import { t } from '../text.ts';
import { convertFields, convertValues, targetsFor } from './convert-fields.ts';
import { conversionRequest, type Targets } from './convert-request.ts';
import {
  findSuggestions,
  noSuggestions,
  type Suggestion,
  type Suggestions,
  surelyMeant,
} from './convert-suggestions.ts';

interface Conversion {
  opportunity: { id: string } | null;
  account: { id: string } | null;
}

const fresh: Targets = { account: 'new', contact: 'new', opportunity: 'new' };

/** The parts of a conversion, each with its choice. */
const PARTS = ['account', 'contact', 'opportunity'] as const;

/** Makes a lead into an account, a contact and, unless unwanted, an opportunity; each new, or one that is there. */
export class ConsoleConvertDialog extends ConsoleElement {
  static override properties = {
    lead: { attribute: false },
    references: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    deals: { state: true },
    targets: { state: true },
    suggestions: { state: true },
    values: { state: true },
    stageId: { state: true },
  };

  declare lead: Lead;
  declare references: References;
  declare isOpen: boolean;
  declare onClose: () => void;
  /** what is known of opportunities; null until it is loaded */
  declare deals: References | null;
  declare targets: Targets;
  declare suggestions: Suggestions;
  declare values: FormValues;
  declare stageId: string | null;
  /** what the person has decided, which no suggestion changes */
  readonly #decided = new Set<keyof Targets>();
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.isOpen = false;
    this.deals = null;
    this.targets = fresh;
    this.suggestions = noSuggestions;
    this.values = {};
    this.stageId = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen') || !this.isOpen) return;
    this.targets = { ...fresh, opportunity: targetsFor(this.app, 'opportunity')[0] ?? 'none' };
    this.#decided.clear();
    this.suggestions = noSuggestions;
    this.stageId = null;
    this.values = convertValues(this);
    void this.#loadDeals();
    void this.#suggest();
  }

  async #loadDeals(): Promise<void> {
    try {
      this.deals = await loadReferences(this.app, 'opportunity');
      this.values = { ...convertValues(this), ...this.values };
    } catch {
      // Without the stages the opportunity starts in the first one, as the server decides.
      this.deals = null;
    }
  }

  async #suggest(): Promise<void> {
    const { lead } = this;
    const found = await findSuggestions(this.app, lead);
    if (!this.isOpen || lead !== this.lead) return;
    this.suggestions = found;
    for (const kind of ['account', 'contact'] as const) {
      const meant = surelyMeant(kind, lead, found[kind]);
      if (meant && !this.#decided.has(kind)) this.#take(kind, meant);
    }
  }

  #take(kind: 'account' | 'contact', { id, name }: Suggestion): void {
    this.values = { ...this.values, [`${kind}.id`]: { id, name } };
    this.targets = { ...this.targets, [kind]: 'existing' };
  }

  protected override render() {
    return html`<salespulse-console-dialog .heading=${t('convert.title', { name: this.lead.name })} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .isWide=${true} .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const { app, lead, references, deals, targets, stageId } = this;
    return html`<p class="muted">${t('convert.text')}</p>
      ${PARTS.map((kind) => this.#choice(kind))}
      <div @change=${this.#changed}>
        <salespulse-console-form .app=${app} .fields=${convertFields({ app, lead, references, deals, targets, stageId })} .values=${this.values}
          .save=${this.#convert} .cancel=${this.onClose} .submitLabel=${t('convert.action')}></salespulse-console-form>
      </div>`;
  }

  #choice(kind: (typeof PARTS)[number]) {
    const offered = targetsFor(this.app, kind);
    if (offered.length < 2) return nothing;
    return html`<fieldset class="choice">
      <legend>${t(`field.${kind}`)}</legend>
      ${offered.map(
        (target) =>
          html`<label class="check"><input type="radio" name="convert-${kind}" .checked=${this.targets[kind] === target} @change=${() => {
            this.#decided.add(kind);
            this.targets = { ...this.targets, [kind]: target };
          }} /><span>${t(`convert.${kind}.${target}`)}</span></label>`,
      )}
      ${kind !== 'opportunity' && this.targets[kind] === 'new' ? this.suggestions[kind].map((one) => this.#suggestion(kind, one)) : nothing}
    </fieldset>`;
  }

  #suggestion(kind: 'account' | 'contact', found: Suggestion) {
    const name = found.subtitle ? `${found.name} (${found.subtitle})` : found.name;
    return html`<p class="convert-suggestion"><span>${t('convert.exists', { name, reasons: reasonsText(this.app, found.reasons) })}</span>
      <button type="button" class="button" @click=${() => {
        this.#decided.add(kind);
        this.#take(kind, found);
      }}>${t('convert.take', { name: found.name })}</button></p>`;
  }

  /** Another stage may ask for other things. */
  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement && target.name === 'opportunity.stageId') this.stageId = target.value;
  };

  readonly #convert = async (body: FormValues): Promise<void> => {
    const request = conversionRequest(this.lead, this.targets, body);
    const path = `leads/${this.lead.id}/convert`;
    const { opportunity, account } = await this.app.api.send<Conversion>('POST', path, request, {
      idempotencyKey: this.#key.for([path, request]),
    });
    this.#key.done();
    this.onClose();
    this.app.notify(t('convert.success', { name: this.lead.name }));
    const place = opportunity ? `/opportunities/${opportunity.id}` : account ? `/accounts/${account.id}` : '/leads';
    this.app.navigate(place);
  };
}
