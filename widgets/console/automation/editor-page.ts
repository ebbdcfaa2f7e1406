import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { AutomationCatalogue, AutomationRuleWire } from '../../../backend/contracts/automation.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { OnceKey } from '../parts/once-key.ts';
import { fieldProblems, problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { t } from '../text.ts';
import { actionView } from './action-view.ts';
import { conditionView } from './condition-view.ts';
import { type Draft, draftOf, moved, newAction, newCondition, replaced } from './draft.ts';
import { selectInput, textInput } from './inputs.ts';
import { triggerView } from './trigger-view.ts';

interface Loaded {
  rule: AutomationRuleWire | null;
  catalogue: AutomationCatalogue;
}

/** A rule is written or changed: when, if, then, by menus. */
export class ConsoleAutomationEditPage extends ConsolePage {
  static override properties = {
    draft: { state: true },
    problem: { state: true },
    isBusy: { state: true },
    secret: { state: true },
  };

  declare draft: Draft | null;
  declare problem: unknown;
  declare isBusy: boolean;
  declare secret: string | null;
  readonly #loader = new Loader<Loaded>(this);
  readonly #once = new OnceKey();

  constructor() {
    super();
    this.draft = null;
    this.problem = null;
    this.isBusy = false;
    this.secret = null;
  }

  get heading(): string {
    const name = this.#loader.data?.rule?.name;
    return name === undefined ? t('editor.new') : t('editor.change', { name });
  }

  get #id(): string | undefined {
    return this.match.params.id;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#load();
  }

  readonly #load = (entity: PipelineEntity = 'lead'): Promise<void> =>
    this.#loader.load(async (signal) => {
      const { api } = this.app;
      const rule = this.#id ? await api.get<AutomationRuleWire>(`automation-rules/${this.#id}`, {}, { signal }) : null;
      const of = rule?.entity ?? entity;
      const catalogue = await api.get<AutomationCatalogue>('automation-catalogue', { entity: of }, { signal });
      const { name = '', description = '' } = this.draft ?? {};
      this.draft = { ...draftOf(of, rule, catalogue), ...(rule ? {} : { name, description }) };
      return { rule, catalogue };
    });

  protected override render() {
    const { state } = this.#loader;
    return html`<div class="page">
      <nav class="breadcrumb"><a href="/automation">${t('automation.title')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, () => void this.#load()) : this.draft ? this.#form(state.data, this.draft) : nothing}
    </div>
    <salespulse-console-dialog .heading=${t('editor.showSecret')} .isOpen=${this.secret !== null} .onClose=${() => {
      this.secret = null;
    }} .content=${html`<p class="mono rule-secret">${this.secret}</p>`}></salespulse-console-dialog>`;
  }

  #form({ rule, catalogue }: Loaded, draft: Draft) {
    const { byField, others } = this.#problems(draft);
    return html`<form class="form rule-form" novalidate @submit=${this.#submit}>
      ${rule?.state === 'active' ? banner('info', t('editor.live')) : nothing}
      ${this.problem ? banner('error', html`<p>${byField.size > 0 ? t('form.check') : problemText(this.problem)}</p>${others.map((text) => html`<p>${text}</p>`)}`) : nothing}
      <section class="card"><div class="rule-row">
        ${textInput({ label: t('automation.name'), id: 'rule-name', max: 100 }, draft.name, (name) => this.#set({ name }))}
        ${
          rule
            ? nothing
            : selectInput(
                { label: t('automation.entity'), id: 'rule-entity' },
                draft.entity,
                (['lead', 'opportunity'] as const).map((value) => ({ value, label: t(`automation.entity.${value}`) })),
                (entity) => void this.#load(entity as PipelineEntity),
              )
        }
        ${textInput({ label: t('automation.description'), id: 'rule-description', max: 1000 }, draft.description, (description) => this.#set({ description }))}
        ${byField.has('name') ? html`<p class="field-problem">${byField.get('name')}</p>` : nothing}
      </div></section>
      <section class="card" aria-labelledby="rule-when"><h2 id="rule-when">${t('automation.when')}</h2>
        ${triggerView(draft.trigger, catalogue, (trigger) => this.#set({ trigger }))}
        ${byField.has('trigger') ? html`<p class="field-problem">${byField.get('trigger')}</p>` : nothing}
      </section>
      ${this.#conditions(draft, catalogue, byField)} ${this.#steps(draft, catalogue, byField)}
      <div class="form-actions">
        <a class="button" href=${rule ? `/automation/${rule.id}` : '/automation'}>${t('form.cancel')}</a>
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy}>${this.isBusy ? t('form.saving') : t(rule ? 'editor.save' : 'editor.create')}</button>
      </div>
    </form>`;
  }

  #conditions({ conditions }: Draft, catalogue: AutomationCatalogue, byField: ReadonlyMap<string, string>) {
    const { match, items } = conditions;
    const put = (next: typeof items) => this.#set({ conditions: { ...conditions, items: next } });
    return html`<section class="card" aria-labelledby="rule-if"><h2 id="rule-if">${t('automation.if')}</h2>
      ${
        items.length > 1
          ? html`<select class="rule-match" aria-labelledby="rule-if" .value=${live(match)} @change=${(event: Event) =>
              this.#set({
                conditions: { ...conditions, match: (event.target as HTMLSelectElement).value as 'all' | 'any' },
              })}>
            <option value="all" ?selected=${match === 'all'}>${t('automation.and')}</option><option value="any" ?selected=${match === 'any'}>${t('automation.or')}</option></select>`
          : nothing
      }
      ${items.length === 0 ? html`<p class="muted">${t('automation.always')}</p>` : nothing}
      ${items.map((condition, index) => conditionView(condition, index, catalogue, byField.get(`conditions.items.${index}`), (next) => put(replaced(items, index, next))))}
      <div><button type="button" class="button" ?disabled=${items.length >= 20} @click=${() => put([...items, newCondition(catalogue.fields[0])])}>${icon('plus')}${t('editor.addCondition')}</button></div>
    </section>`;
  }

  #steps({ actions }: Draft, catalogue: AutomationCatalogue, byField: ReadonlyMap<string, string>) {
    const put = (next: typeof actions) => this.#set({ actions: next });
    return html`<section class="card" aria-labelledby="rule-then"><h2 id="rule-then">${t('automation.then')}</h2>
      <ol class="rule-steps">${actions.map((action, index) =>
        actionView(action, index, actions.length, catalogue, byField.get(`actions.${index}`), {
          change: (next) => put(replaced(actions, index, next)),
          remove: () => put(replaced(actions, index, null)),
          move: (by) => put(moved(actions, index, by)),
          showSecret: () => void this.#showSecret(),
        }),
      )}</ol>
      <div><button type="button" class="button" ?disabled=${actions.length >= 10} @click=${() => put([...actions, newAction('notify', catalogue)])}>${icon('plus')}${t('editor.addStep')}</button></div>
    </section>`;
  }

  #problems({ conditions, actions }: Draft) {
    const parts = [
      'name',
      'trigger',
      ...conditions.items.map((_, index) => `conditions.items.${index}`),
      ...actions.map((_, index) => `actions.${index}`),
    ];
    return fieldProblems(this.problem, parts);
  }

  #set(changes: Partial<Draft>): void {
    if (this.draft) this.draft = { ...this.draft, ...changes };
  }

  async #showSecret(): Promise<void> {
    try {
      this.secret = (await this.app.api.get<{ secret: string }>('automation-webhook-secret')).secret;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft } = this;
    const { data } = this.#loader;
    if (this.isBusy || !draft || !data) return;
    this.problem = null;
    this.isBusy = true;
    try {
      const { entity, description, ...content } = draft;
      const body = { ...content, description: description === '' ? null : description };
      const { api } = this.app;
      const saved = data.rule
        ? await patchVersioned<AutomationRuleWire>(api, `automation-rules/${data.rule.id}`, body, data.rule.version)
        : await api.send<AutomationRuleWire>(
            'POST',
            'automation-rules',
            { entity, ...body },
            { idempotencyKey: this.#once.for({ entity, ...body }) },
          );
      this.#once.done();
      this.app.navigate(`/automation/${saved.id}`);
      this.app.notify(t(data.rule ? 'editor.saved' : 'editor.created', { name: saved.name }));
    } catch (error) {
      this.problem = error;
      await this.updateComplete;
      (this.querySelector('.field-problem') ?? this.querySelector('.banner'))?.scrollIntoView({ block: 'center' });
    } finally {
      this.isBusy = false;
    }
  };
}
