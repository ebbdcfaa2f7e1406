import { html, nothing, type PropertyValues } from 'lit';
import type { AutomationRuleWire } from '../../../backend/contracts/automation.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { JobWatch } from '../imports/job-watch.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { replayView } from './replay-view.ts';
import { stateBadge } from './state-badge.ts';

/** A rule: what it does in plain words, what it would have done, what it did. */
export class ConsoleAutomationRulePage extends ConsolePage {
  static override properties = { problem: { state: true }, isBusy: { state: true } };

  /** Why the last step was refused, in a sentence. */
  declare problem: string | null;
  declare isBusy: boolean;
  readonly #loader = new Loader<AutomationRuleWire>(this);
  readonly #watch = new JobWatch(
    this,
    () => this.app.api,
    (job) => this.#replayed(job),
  );

  constructor() {
    super();
    this.problem = null;
    this.isBusy = false;
  }

  get heading(): string {
    return this.#loader.data?.name ?? t('automation.title');
  }

  get #path(): string {
    return `automation-rules/${this.match.params.id}`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#load();
  }

  readonly #load = (): Promise<void> =>
    this.#loader.load((signal) => this.app.api.get<AutomationRuleWire>(this.#path, {}, { signal }));

  protected override render() {
    const { state } = this.#loader;
    return html`<div class="page">
      <nav class="breadcrumb"><a href="/automation">${t('automation.title')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1>
        <div class="page-actions">${state.kind === 'ready' ? this.#actions(state.data) : nothing}</div></header>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, () => void this.#load()) : this.#content(state.data)}
    </div>`;
  }

  #actions(rule: AutomationRuleWire) {
    const { isBusy } = this;
    return html`<a class="button" href="/automation/${rule.id}/edit">${icon('pencil')}${t('automation.edit')}</a>
      <button type="button" class="button button-danger-quiet" ?disabled=${isBusy} @click=${() => void this.#delete(rule)}>${icon('trash')}${t('automation.delete')}</button>
      ${
        rule.state === 'active'
          ? html`<button type="button" class="button" ?disabled=${isBusy} @click=${() => void this.#step('pause', 'automation.paused')}>${t('automation.pause')}</button>`
          : html`<button type="button" class="button ${rule.replay ? 'button-primary' : ''}" ?disabled=${isBusy || !rule.replay} @click=${() => void this.#step('activate', 'automation.activated')}>${t('automation.activate')}</button>`
      }`;
  }

  #content(rule: AutomationRuleWire) {
    const { sentence, conditions } = rule;
    return html`${this.problem ? banner('error', html`<p>${this.problem}</p>`) : nothing}
      ${rule.pausedReason ? banner('warning', html`<p>${rule.pausedReason}</p>`) : nothing}
      ${rule.failures > 0 && rule.state === 'active' ? banner('warning', html`<p>${t('automation.failing', { count: rule.failures })}</p>`) : nothing}
      <section class="card">
        <p class="role-facts">${stateBadge(rule.state)} ${rule.description ?? ''}</p>
        <p class="rule-lead">${sentence.when}</p>
        ${
          sentence.conditions.length === 0
            ? nothing
            : html`<div><p>${t('automation.if')}${sentence.conditions.length > 1 ? html` ${t(conditions.match === 'all' ? 'automation.and' : 'automation.or')}` : nothing}:</p>
                <ul class="rule-lines">${sentence.conditions.map((text) => html`<li>${text}</li>`)}</ul></div>`
        }
        <ol class="rule-words">${sentence.steps.map((text) => html`<li>${text}</li>`)}</ol>
        <p class="muted">${rule.owner ? t('automation.owner', { name: rule.owner.name }) : t('automation.noOwner')}</p>
      </section>
      ${this.#replay(rule)}
      <salespulse-console-automation-runs .app=${this.app} .rule=${rule}></salespulse-console-automation-runs>`;
  }

  #replay(rule: AutomationRuleWire) {
    const { job } = this.#watch;
    return html`<section class="card" aria-labelledby="replay-title">
      <header class="card-header"><h2 id="replay-title">${t('replay.title')}</h2>
        <button type="button" class="button ${rule.replay ? '' : 'button-primary'}" ?disabled=${job !== null || this.isBusy} @click=${() => void this.#start()}>${t(job ? 'replay.running' : rule.replay ? 'replay.again' : 'replay.start')}</button>
      </header>
      ${job ? html`<progress class="progress" aria-label=${t('replay.running')} .max=${job.total ?? 1} .value=${job.done}></progress>` : nothing}
      ${rule.replay ? replayView(rule.replay, rule.entity, this.app.format) : html`<p class="muted">${t('replay.needed')}</p>`}
    </section>`;
  }

  async #start(): Promise<void> {
    await this.#attempt(async () => {
      const { job } = await this.app.api.send<{ job: Job }>('POST', `${this.#path}/replay`, {});
      this.#watch.start(job);
    });
  }

  #replayed(job: Job | null): void {
    if (job?.state === 'done') void this.#load();
    else this.problem = job ? t('replay.failed', { reason: job.error ?? '' }) : t('replay.lost');
  }

  async #step(what: 'activate' | 'pause', message: string): Promise<void> {
    await this.#attempt(async () => {
      const { version } = this.#loader.data ?? {};
      const options = version === undefined ? {} : { ifMatch: version };
      const rule = await this.app.api.send<AutomationRuleWire>('POST', `${this.#path}/${what}`, {}, options);
      this.#loader.put(rule);
      this.app.notify(t(message, { name: rule.name }));
    });
  }

  async #delete({ name, version }: AutomationRuleWire): Promise<void> {
    const question = {
      title: t('automation.deleteOne', { name }),
      text: t('automation.delete.text'),
      action: t('automation.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    await this.#attempt(async () => {
      await this.app.api.send('DELETE', this.#path, undefined, { ifMatch: version });
      this.app.navigate('/automation');
      this.app.notify(t('automation.deleted', { name }));
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    this.isBusy = true;
    try {
      await work();
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.isBusy = false;
    }
  }
}
