import { html } from 'lit';
import type { ChartDrill } from '../../elements/chart/chart-types.ts';
import { namesOnlySaved } from '../../elements/explore/explore-state.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { t } from '../text.ts';

/** Questions of one's own, kept in the address; the records behind each figure. */
export class ConsoleExplorePage extends ConsolePage {
  static override properties = { drill: { state: true } };

  /** The value whose records are shown. */
  declare drill: ChartDrill | null;

  constructor() {
    super();
    this.drill = null;
  }

  get heading(): string {
    return t('nav.explore');
  }

  protected override render() {
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <salespulse-explore .query=${this.match.query.toString()} .timeZone=${this.app.me.timeZone} .locale=${this.app.format.locale} @salespulse-explore-change=${this.#changed}
        @salespulse-drill=${this.#drilled}></salespulse-explore>
    </div>
    <salespulse-console-drill-dialog .app=${this.app} .drill=${this.drill} .onClose=${() => {
      this.drill = null;
    }}></salespulse-console-drill-dialog>`;
  }

  readonly #changed = ({ detail }: CustomEvent<{ query: string }>): void =>
    // The way back leads to the question before, not to a link that opens the same saved one again.
    this.app.navigate(`${this.match.path}?${detail.query}`, { replace: namesOnlySaved(this.match.query.toString()) });

  readonly #drilled = (event: CustomEvent<ChartDrill>): void => {
    event.preventDefault();
    this.drill = event.detail;
  };
}
