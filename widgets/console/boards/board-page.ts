import { html, nothing } from 'lit';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { CardOpen } from '../../elements/kanban/kanban.ts';
import { can, scopeOf } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { recordHref } from '../records/facts.ts';
import { t } from '../text.ts';

/** The board of leads or of opportunities. */
export class ConsoleBoardPage extends ConsolePage {
  static override properties = { entity: { attribute: false } };

  declare entity: PipelineEntity;

  get heading(): string {
    return t(this.entity === 'lead' ? 'nav.leadBoard' : 'nav.opportunityBoard');
  }

  protected override render() {
    const { entity } = this;
    const isMine = this.match.query.get('owner') === 'me';
    const listPath = entity === 'lead' ? 'leads' : 'opportunities';
    return html`<div class="page page-board">
      <header class="page-header">
        <h1 tabindex="-1">${this.heading}</h1>
        <div class="page-actions">
          ${scopeOf(this.app.me, `${entity}.read`) === 'own' ? nothing : this.#ownerSwitch(isMine)}
          ${can(this.app.me, `${entity}.write`) ? html`<a class="button button-primary" href="/${listPath}/new">${icon('plus')}${t(`board.new.${entity}`)}</a>` : nothing}
        </div>
      </header>
      <salespulse-kanban .entity=${entity} .owner=${isMine ? 'me' : undefined} @salespulse-card-open=${this.#opened}></salespulse-kanban>
    </div>`;
  }

  #ownerSwitch(isMine: boolean) {
    return html`<div class="tabs" role="group" aria-label=${t('board.owner')}>
      <button type="button" aria-pressed=${String(!isMine)} @click=${() => this.setQuery({ owner: null })}>${t('board.all')}</button>
      <button type="button" aria-pressed=${String(isMine)} @click=${() => this.setQuery({ owner: 'me' })}>${t('board.mine')}</button>
    </div>`;
  }

  readonly #opened = ({ detail }: CustomEvent<CardOpen>): void =>
    this.app.navigate(recordHref(detail.entity, detail.id));
}
