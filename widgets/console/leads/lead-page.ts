import { html, nothing } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { ConversionState } from '../../../backend/contracts/opportunities.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { can } from '../app.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { DealPage } from '../records/deal-page.ts';
import { recordHref } from '../records/facts.ts';
import type { References } from '../records/references.ts';
import { stageBadge } from '../records/stage-view.ts';
import { t } from '../text.ts';
import { leadFacts, leadFields, leadValues } from './lead-fields.ts';

/** The page of a lead. */
export class ConsoleLeadPage extends DealPage<Lead> {
  static override properties = { isConverting: { state: true } };

  declare isConverting: boolean;

  constructor() {
    super();
    this.isConverting = false;
  }

  get entity() {
    return 'lead' as const;
  }

  get listPath() {
    return 'leads';
  }

  protected override fields(references: References) {
    return leadFields(this.app, references, this.record);
  }

  protected override values(lead: Lead) {
    return leadValues(lead);
  }

  protected override facts(lead: Lead, references: References) {
    return leadFacts(this.app, references, lead);
  }

  protected override subtitle(lead: Lead) {
    return html`${lead.company ?? nothing} ${stageBadge(lead.stage)}`;
  }

  protected override canMove(lead: Lead): boolean {
    return super.canMove(lead) && lead.converted === null;
  }

  /** A lead enters the won stage by being converted. */
  protected override interceptMove(_lead: Lead, stage: Stage): boolean {
    if (stage.kind !== 'won' || !this.#mayConvert) return false;
    this.isConverting = true;
    return true;
  }

  get #mayConvert(): boolean {
    return can(this.app.me, 'opportunity.write');
  }

  protected override actions(lead: Lead) {
    const canConvert = this.canMove(lead) && this.#mayConvert;
    return html`${
      canConvert
        ? html`<button type="button" class="button button-primary" @click=${() => {
            this.isConverting = true;
          }}>${t('convert.action')}</button>`
        : nothing
    }${super.actions(lead)}`;
  }

  protected override highlights(lead: Lead) {
    const { converted } = lead;
    if (!converted) return nothing;
    const links = (['opportunity', 'account', 'contact'] as const)
      .map((type) => [type, converted[`${type}Id`]] as const)
      .filter((link): link is [(typeof link)[0], string] => link[1] !== null && can(this.app.me, `${link[0]}.read`));
    return banner(
      'success',
      html`<p>${t('convert.done', { moment: this.app.format.moment(converted.at) })}</p>
        <p class="link-row">${links.map(([type, id]) => html`<a href=${recordHref(type, id)}>${t(`convert.open.${type}`)}</a>`)}
        ${this.allows('write', lead) ? html`<button type="button" class="button" @click=${() => void this.#undo(lead)}>${t('convert.undo')}</button>` : nothing}</p>`,
    );
  }

  /** Says first what becomes of each record. */
  async #undo(lead: Lead): Promise<void> {
    const path = `leads/${lead.id}`;
    try {
      const { obstacle, parts } = await this.app.api.get<ConversionState>(`${path}/conversion`);
      if (obstacle) {
        this.app.notify(obstacle, 'error');
        return;
      }
      const lines = parts.map(({ entity, name, outcome, reason }) =>
        t(`convert.undo.${reason ?? (entity === 'opportunity' ? 'emptied' : outcome)}`, {
          what: t(`convert.undo.${entity}`),
          name,
        }),
      );
      const question = {
        title: t('convert.undo.title'),
        text: lines.join('\n'),
        action: t('convert.undo'),
        isDanger: true,
      };
      if (!(await this.app.confirm(question))) return;
      await this.app.api.send('POST', `${path}/convert/undo`, undefined, { ifMatch: lead.version });
      this.app.notify(t('convert.undo.done', { name: lead.name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.load();
  }

  protected override dialogs(lead: Lead, references: References) {
    return html`${super.dialogs(lead, references)}<salespulse-console-convert-dialog .app=${this.app} .lead=${lead} .references=${references} .isOpen=${this.isConverting}
      .onClose=${() => {
        this.isConverting = false;
      }}></salespulse-console-convert-dialog>`;
  }
}
