import { html, nothing, type PropertyValues } from 'lit';
import type { AutomationRuleWire, RuleRun } from '../../../backend/contracts/automation.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { listFooter } from '../parts/list-footer.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { tableView } from '../parts/table.ts';
import { t } from '../text.ts';
import { runBadge } from './state-badge.ts';

const states = ['done', 'failed', 'skipped', 'queued', 'running'] as const;
const paths = { lead: 'leads', opportunity: 'opportunities', account: 'accounts', contact: 'contacts' } as const;

/** What a rule did, newest first. */
export class ConsoleAutomationRuns extends ConsoleElement {
  static override properties = { rule: { attribute: false }, shown: { state: true } };

  declare rule: AutomationRuleWire;
  declare shown: string;
  readonly #list = new PageList<RuleRun>(this, () => this.app.api);
  #asked = '';

  constructor() {
    super();
    this.shown = '';
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const asked = `${this.rule.id} ${this.shown}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.reload();
  }

  readonly reload = (): void =>
    void this.#list.load(`automation-rules/${this.rule.id}/runs`, this.shown === '' ? {} : { state: this.shown });

  protected override render() {
    const { state } = this.#list;
    return html`<section class="card" aria-labelledby="runs-title">
      <header class="card-header"><h2 id="runs-title">${t('runs.title')}</h2>
        <div class="row-actions">
          <select aria-label=${t('automation.state')} @change=${(event: Event) => {
            this.shown = (event.target as HTMLSelectElement).value;
          }}>
            <option value="">${t('runs.all')}</option>
            ${states.map((value) => html`<option value=${value} ?selected=${value === this.shown}>${t(`runs.state.${value}`)}</option>`)}
          </select>
          <button type="button" class="button" @click=${this.reload}>${t('runs.reload')}</button>
        </div>
      </header>
      ${
        state.kind === 'loading'
          ? loadingState(3)
          : state.kind === 'error'
            ? errorState(state.error, this.reload)
            : state.items.length === 0
              ? html`<p class="muted">${t('runs.empty')}</p>`
              : html`${this.#table(state.items)} ${listFooter(state, () => void this.#list.more())}`
      }
    </section>`;
  }

  #table(items: readonly RuleRun[]) {
    const { format } = this.app;
    return tableView<RuleRun>({
      label: t('runs.title'),
      items,
      key: ({ id }) => id,
      columns: [
        {
          label: t('replay.record'),
          isTitle: true,
          cell: ({ record }) => html`<a href="/${paths[record.type]}/${record.id}">${record.name}</a>`,
        },
        { label: t('replay.at'), isShort: true, cell: ({ createdAt }) => format.moment(createdAt) },
        { label: t('automation.state'), isShort: true, cell: ({ state }) => runBadge(state) },
        { label: t('automation.what'), cell: (run) => stepsView(run) },
        {
          label: t('runs.retry'),
          isLabelHidden: true,
          cell: (run) =>
            run.state === 'failed' || run.state === 'skipped'
              ? html`<button type="button" class="button" ?disabled=${this.rule.state !== 'active'} aria-label=${t('runs.retryOne', { name: run.record.name })}
                  @click=${() => void this.#retry(run)}>${t('runs.retry')}</button>`
              : nothing,
        },
      ],
    });
  }

  async #retry({ id }: RuleRun): Promise<void> {
    try {
      const run = await this.app.api.send<RuleRun>('POST', `automation-runs/${id}/retry`, {});
      this.#list.replace((old) => old.id === id, run);
      this.app.notify(t('runs.retried'));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}

function stepsView({ steps, error }: RuleRun) {
  return html`<ul class="rule-lines">${steps.map(
    ({ text, doneAt, delivery }) =>
      html`<li class=${doneAt === null ? 'muted' : ''}>${doneAt === null ? nothing : icon('check')}${text}${delivery ? html` (${t(`runs.delivery.${delivery.state}`, { reason: delivery.error ?? '' })})` : nothing}</li>`,
  )}${error === null ? nothing : html`<li class="rule-trouble">${error}</li>`}</ul>`;
}
