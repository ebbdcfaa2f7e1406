import { html, nothing } from 'lit';
import type { SystemCheck } from '../../../../backend/contracts/administration.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { problemText } from '../../parts/problems.ts';
import { t } from '../../text.ts';
import { checkStatus } from './check-status.ts';

interface TestResult {
  status: SystemCheck['status'];
  detail: string;
  at: string;
}

/** One part of the installation: whether it works, how it is set up, what to do, and a test to run now. */
export class ConsoleCheckCard extends ConsoleElement {
  static override properties = {
    check: { attribute: false },
    isTesting: { state: true },
    result: { state: true },
  };

  declare check: SystemCheck;
  declare isTesting: boolean;
  /** What the last test on this page said. */
  declare result: TestResult | null;

  constructor() {
    super();
    this.isTesting = false;
    this.result = null;
  }

  protected override render() {
    const { key, label, status, detail, facts, canTest } = this.check;
    return html`<section class="card check-card" aria-labelledby="check-${key}">
      <header class="card-header"><h2 id="check-${key}">${label}</h2>${checkStatus(status)}</header>
      <p>${detail}</p>
      ${facts.length > 0 ? html`<dl class="check-facts">${facts.map(({ label: name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>` : nothing}
      ${canTest ? this.#test() : nothing}
    </section>`;
  }

  #test() {
    const { key } = this.check;
    const { result } = this;
    return html`<form class="check-test" novalidate @submit=${this.#run}>
      ${
        key === 'mail'
          ? html`<div class="field"><label for="test-mail">${t('system.testMail')}</label>
              <input id="test-mail" name="email" type="email" autocomplete="email" .value=${this.app.me.email ?? ''} /></div>`
          : nothing
      }
      <button type="submit" class="button" ?disabled=${this.isTesting} id="run-${key}" aria-labelledby="run-${key} check-${key}">${t(this.isTesting ? 'system.testing' : 'system.test')}</button>
      <div class="check-result" role="status">${
        result
          ? html`${checkStatus(result.status)}<p>${t('system.tested', { moment: this.app.format.moment(result.at, { timeStyle: 'medium' }), result: result.detail })}</p>`
          : nothing
      }</div>
    </form>`;
  }

  readonly #run = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isTesting) return;
    const email = String(new FormData(event.currentTarget as HTMLFormElement).get('email') ?? '').trim();
    this.isTesting = true;
    this.result = null;
    try {
      const body = email ? { email } : {};
      const { status, detail } = await this.app.api.send<SystemCheck>(
        'POST',
        `system/health/${this.check.key}/test`,
        body,
      );
      this.result = { status, detail, at: new Date().toISOString() };
    } catch (error) {
      const detail = t('system.testFailed', { reason: problemText(error) });
      this.result = { status: 'failed', detail, at: new Date().toISOString() };
    } finally {
      this.isTesting = false;
    }
  };
}
