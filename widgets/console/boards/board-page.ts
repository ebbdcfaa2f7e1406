import { html, nothing } from 'lit';
import type { LaneKind } from '../../../backend/contracts/boards.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Query } from '../../base/api.ts';
import type { BoardChange, CardOpen } from '../../elements/kanban/kanban.events.ts';
import { can } from '../app.ts';
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
    const { entity, match } = this;
    const listPath = entity === 'lead' ? 'leads' : 'opportunities';
    const one = (name: string) => match.query.get(name) ?? undefined;
    return html`<div class="page page-board">
      <header class="page-header">
        <h1 tabindex="-1">${this.heading}</h1>
        <div class="page-actions">
          ${can(this.app.me, `${entity}.write`) ? html`<a class="button button-primary" href="/${listPath}/new">${icon('plus')}${t(`board.new.${entity}`)}</a>` : nothing}
        </div>
      </header>
      <salespulse-kanban .entity=${entity} .filters=${this.#filters()} .lanes=${one('lanes') as LaneKind | undefined}
        .cardFields=${one('fields')} .asOf=${one('asOf')} .timeZone=${this.app.me.timeZone} .locale=${this.app.format.locale}
        @salespulse-card-open=${this.#opened}
        @salespulse-board-change=${this.#changed}></salespulse-kanban>
    </div>`;
  }

  /** The filters in the address; the same object while they are the same. */
  #filters(): Query {
    const { query } = this.match;
    const quick = query.getAll('quick');
    const filters: Query = {
      owner: query.get('owner') ?? undefined,
      q: query.get('q') ?? undefined,
      quick: quick.length > 0 ? quick : undefined,
    };
    const key = JSON.stringify(filters);
    if (key !== this.#known.key) this.#known = { key, filters };
    return this.#known.filters;
  }

  #known: { key: string; filters: Query } = { key: '{}', filters: {} };

  /** What the board shows is in the address: it can be shared, and is there again after a reload. */
  readonly #changed = ({ detail }: CustomEvent<BoardChange>): void => {
    const { owner, q, quick } = detail.filters;
    this.setQuery({
      owner: typeof owner === 'string' ? owner : null,
      q: typeof q === 'string' ? q : null,
      quick: Array.isArray(quick) ? quick.map(String) : null,
      lanes: detail.lanes,
      fields: detail.cardFields,
      asOf: detail.asOf,
    });
  };

  readonly #opened = ({ detail }: CustomEvent<CardOpen>): void =>
    this.app.navigate(recordHref(detail.entity, detail.id));
}
