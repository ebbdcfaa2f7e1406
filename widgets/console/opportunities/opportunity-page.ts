import { html, nothing } from 'lit';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { can } from '../app.ts';
import { icon } from '../parts/icons.ts';
import { DealPage } from '../records/deal-page.ts';
import { recordLink } from '../records/facts.ts';
import type { References } from '../records/references.ts';
import { stageBadge } from '../records/stage-view.ts';
import { t } from '../text.ts';
import { opportunityFacts, opportunityFields, opportunityValues } from './opportunity-fields.ts';

/** The page of an opportunity. */
export class ConsoleOpportunityPage extends DealPage<Opportunity> {
  static override properties = { isWinning: { state: true } };

  declare isWinning: boolean;

  constructor() {
    super();
    this.isWinning = false;
  }

  get entity() {
    return 'opportunity' as const;
  }

  get listPath() {
    return 'opportunities';
  }

  protected override fields(references: References) {
    return opportunityFields(this.app, references, this.record);
  }

  protected override values(opportunity: Opportunity) {
    return opportunityValues(opportunity);
  }

  protected override facts(opportunity: Opportunity, references: References) {
    return opportunityFacts(this.app, references, opportunity);
  }

  protected override subtitle(opportunity: Opportunity) {
    const account = recordLink(this.app, 'account', opportunity.account);
    return html`${account ?? nothing} ${stageBadge(opportunity.stage)} ${opportunity.amount ? html`<strong>${this.app.format.money(opportunity.amount)}</strong>` : nothing}`;
  }

  /** Winning books revenue, so it is asked for which lines and which day. */
  protected override interceptMove(_opportunity: Opportunity, stage: Stage): boolean {
    if (stage.kind !== 'won') return false;
    this.isWinning = true;
    return true;
  }

  protected override actions(opportunity: Opportunity) {
    const canWin = this.canMove(opportunity) && opportunity.stage.kind === 'open';
    const canCorrect = this.canMove(opportunity) && opportunity.stage.kind === 'won' && can(this.app.me, 'sale.read');
    return html`${
      canCorrect
        ? html`<button type="button" class="button" @click=${() => {
            this.isWinning = true;
          }}>${t('win.change')}</button>`
        : nothing
    }${
      canWin
        ? html`<button type="button" class="button button-primary" @click=${() => {
            this.isWinning = true;
          }}>${icon('check')}${t('win.action')}</button>`
        : nothing
    }${super.actions(opportunity)}`;
  }

  protected override side(opportunity: Opportunity) {
    if (!can(this.app.me, 'sale.read')) return nothing;
    return html`<salespulse-console-booked-sales .app=${this.app} .opportunity=${opportunity.id} .version=${opportunity.version}></salespulse-console-booked-sales>`;
  }

  protected override dialogs(opportunity: Opportunity, references: References) {
    return html`${super.dialogs(opportunity, references)}<salespulse-console-win-dialog .app=${this.app} .opportunity=${opportunity} .references=${references} .isOpen=${this.isWinning}
      .won=${(won: Opportunity) => this.put(won)} .onClose=${() => {
        this.isWinning = false;
      }}></salespulse-console-win-dialog>`;
  }
}
