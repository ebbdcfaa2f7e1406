import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Target } from '../../../backend/contracts/targets.ts';
import { formatMeasure } from '../../base/measure.ts';
import { today } from '../../base/range.ts';
import { can, seesFields } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import { problemText } from '../parts/problems.ts';
import type { Column } from '../parts/table.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { loadTargetChoices, noChoices, subjectBody, subjectOptions, type TargetChoices } from './target-choices.ts';
import { periodText, progressOf, runRateText, subjectKind, subjectName, targetWords } from './target-text.ts';

const metrics = ['revenue', 'salesVolume', 'units', 'grossProfit'] as const;
const grains = ['month', 'quarter', 'year'] as const;

/** What the company, teams and people are to reach, how far they are, and where that leads. */
export class ConsoleTargetsPage extends ListPage<Target> {
  static override properties: PropertyDeclarations = {
    choices: { state: true },
    edited: { state: true },
    isAdding: { state: true },
  };

  declare choices: TargetChoices;
  declare edited: Target | null;
  declare isAdding: boolean;
  protected readonly path = 'targets';
  protected override readonly hasTotal = false;
  protected readonly emptyText = { title: t('targets.empty'), text: t('targets.empty.text') };
  protected readonly columns: readonly Column<Target>[] = [
    {
      label: t('targets.for'),
      isTitle: true,
      cell: (target) => html`<span>${subjectName(target)} <span class="muted">${subjectKind(target)}</span></span>`,
    },
    { label: t('targets.metric'), cell: ({ metric }) => t(`targets.metric.${metric}`) },
    { label: t('targets.period'), isShort: true, cell: (target) => periodText(this.app.format, target) },
    {
      label: t('targets.value'),
      isNumber: true,
      isShort: true,
      cell: (target) => formatMeasure(this.app.format, target, target.value),
    },
    { label: t('targets.attained'), cell: (target) => this.#progress(target) },
    {
      label: t('targets.runRate'),
      isNumber: true,
      cell: (target) => runRateText(this.app.format, target, this.#today),
    },
    { label: t('targets.actions'), isLabelHidden: true, cell: (target) => this.#buttons(target) },
  ];

  constructor() {
    super();
    this.choices = noChoices;
    this.edited = null;
    this.isAdding = false;
  }

  get heading(): string {
    return t('nav.targets');
  }

  get #today(): string {
    return today(this.app.me.timeZone);
  }

  /** Only what the person may see is offered. */
  get #metricOptions() {
    const offered = metrics.filter((metric) => metric !== 'grossProfit' || seesFields(this.app.me, 'cost'));
    return offered.map((value) => ({ value, label: t(`targets.metric.${value}`) }));
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadChoices();
  }

  async #loadChoices(): Promise<void> {
    try {
      this.choices = await loadTargetChoices(this.app);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override get question(): ListQuestion {
    const { teams, people } = this.choices;
    return {
      filters: [
        { name: 'metric', label: t('targets.metric'), options: this.#metricOptions },
        { name: 'team', label: t('targets.team'), options: namedOptions(teams) },
        { name: 'user', label: t('targets.user'), options: namedOptions(people) },
      ],
      hasDays: true,
      isWithoutSearch: true,
    };
  }

  protected override intro() {
    return html`<p class="muted">${t('targets.text')}</p>`;
  }

  protected override actions() {
    if (!can(this.app.me, 'target.manage')) return nothing;
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.isAdding = true;
    }}>${icon('plus')}${t('targets.add')}</button>`;
  }

  /** The periods of which today is a day, or all of them again. */
  protected override tools() {
    const { query } = this.match;
    const day = this.#today;
    const isOn = query.get('from') === day && query.get('to') === day;
    return html`<button type="button" class="filter-button ${isOn ? 'is-active' : ''}" aria-pressed=${String(isOn)}
      @click=${() => this.setQuery({ from: isOn ? null : day, to: isOn ? null : day })}>${t('targets.running')}</button>`;
  }

  #progress(target: Target) {
    const { share, text } = progressOf(this.app.format, target, this.#today);
    if (share === null) return html`<span class="muted">${text}</span>`;
    return html`<div class="progress target-progress"><progress aria-hidden="true" max="1" .value=${share}></progress><span>${text}</span></div>`;
  }

  #buttons(target: Target) {
    if (!target.canEdit) return nothing;
    const words = targetWords(this.app.format, target);
    return html`<div class="row-actions">
      <button type="button" class="icon-button" title=${t('targets.edit')} aria-label=${t('targets.editOne', words)} @click=${() => {
        this.edited = target;
      }}>${icon('pencil')}</button>
      <button type="button" class="icon-button" title=${t('targets.delete')} aria-label=${t('targets.deleteOne', words)} @click=${() => void this.#delete(target)}>${icon('trash')}</button>
    </div>`;
  }

  readonly #add = async ({ subject, ...body }: FormValues): Promise<void> => {
    const made = await this.app.api.send<{ items: Target[] }>('POST', 'targets', { ...body, ...subjectBody(subject) });
    this.app.notify(t('targets.added', { count: made.items.length }));
    await this.list.reload();
  };

  readonly #save = async ({ value }: FormValues): Promise<void> => {
    if (!this.edited) return;
    const { id, version } = this.edited;
    await patchVersioned(this.app.api, `targets/${id}`, { value }, version);
    this.app.notify(t('targets.saved'));
    await this.list.reload();
  };

  async #delete(target: Target): Promise<void> {
    const words = targetWords(this.app.format, target);
    const isAgreed = await this.app.confirm({
      title: t('targets.delete.title', words),
      text: t('targets.delete.text', words),
      action: t('targets.delete'),
      isDanger: true,
    });
    if (!isAgreed) return;
    try {
      await this.app.api.send('DELETE', `targets/${target.id}`, undefined, { ifMatch: target.version });
      this.app.notify(t('targets.deleted'));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    await this.list.reload();
  }

  #valueField(label: string, unit: Target['unit']): Field {
    const { currency } = this.app.me;
    const help = unit === 'money' ? t('targets.value.money', { currency }) : t('targets.value.count');
    return { name: 'value', label, kind: 'text', required: true, maxLength: 20, help, isWide: true };
  }

  get #newFields(): Field[] {
    const options = subjectOptions(this.app, this.choices);
    const lengths = grains.map((value) => ({ value, label: t(`targets.grain.${value}`) }));
    return [
      { name: 'subject', label: t('targets.for'), kind: 'select', required: true, options, isWide: true },
      { name: 'metric', label: t('targets.metric'), kind: 'select', required: true, options: this.#metricOptions },
      { name: 'grain', label: t('targets.grain'), kind: 'select', required: true, options: lengths },
      { name: 'from', label: t('targets.from'), kind: 'date', required: true },
      {
        ...{ name: 'count', label: t('targets.count'), kind: 'number', required: true, min: 1, max: 24 },
        help: t('targets.count.help'),
      },
      this.#valueField(t('targets.valueOfEach'), 'money'),
    ];
  }

  protected override dialogs() {
    const { edited } = this;
    const values = { metric: 'revenue', grain: 'month', from: this.#today, count: 1 };
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${this.isAdding} .heading=${t('targets.add')}
        .fields=${this.#newFields} .values=${values} .save=${this.#add} .submitLabel=${t('targets.add')}
        .onClose=${() => {
          this.isAdding = false;
        }}></salespulse-console-form-dialog>
      <salespulse-console-form-dialog .app=${this.app} .isOpen=${edited !== null}
        .heading=${edited ? t('targets.edit.title', targetWords(this.app.format, edited)) : ''}
        .fields=${[this.#valueField(t('targets.value'), edited?.unit ?? 'money')]} .values=${edited ? { value: edited.value } : {}}
        .save=${this.#save} .onClose=${() => {
          this.edited = null;
        }}></salespulse-console-form-dialog>`;
  }
}
