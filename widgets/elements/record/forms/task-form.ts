import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Me } from '../../../../backend/contracts/auth.ts';
import type { TaskCreate, TaskReminder, TaskRepeat } from '../../../../backend/contracts/tasks.ts';
import { PanelForm, type Refusal, textOf } from './panel-form.ts';

const EVERY = ['day', 'week', 'month', 'year'] as const;
const AHEAD = [0, 15, 60, 1440] as const;
const CHANNELS = ['in-app', 'mail', 'both'] as const;

/** A task for oneself about the record: when it is due, how it comes back, and when to be reminded. */
export class SalesPulseTaskForm extends PanelForm {
  static override properties: PropertyDeclarations = { repeats: { state: true }, reminds: { state: true } };

  declare repeats: boolean;
  declare reminds: boolean;

  constructor() {
    super();
    this.repeats = false;
    this.reminds = false;
  }

  protected override get label(): string {
    return this.t('task.form');
  }

  protected override get action(): string {
    return this.t('task.add');
  }

  protected override inputs(): TemplateResult {
    return html`<label>${this.t('task.title')}<input name="title" maxlength="200" autocomplete="off" aria-invalid=${this.invalid('title')} /></label>
      <div class="row">
        <label>${this.t('task.day')}<input name="dueOn" type="date" aria-invalid=${this.invalid('dueOn')} /></label>
        <label>${this.t('task.time')}<input name="dueTime" type="time" /></label>
        <label>${this.t('task.repeat')}<select name="every" @change=${this.#repeatChosen}>
          <option value="">${this.t('task.repeat.never')}</option>
          ${EVERY.map((each) => html`<option value=${each}>${this.t(`task.repeat.${each}`)}</option>`)}
        </select></label>
        ${this.repeats ? html`<label>${this.t('task.until')}<input name="until" type="date" /></label>` : nothing}
      </div>
      <fieldset @change=${this.#reminderChosen}>
        <legend>${this.t('task.remind')}</legend>
        ${AHEAD.map((minutes) => html`<label class="check"><input type="checkbox" name="ahead" value=${minutes} />${this.t(`task.remind.${minutes}`)}</label>`)}
      </fieldset>
      ${
        this.reminds
          ? html`<label>${this.t('task.channel')}<select name="channel">
              ${CHANNELS.map((each) => html`<option value=${each}>${this.t(`task.channel.${each}`)}</option>`)}
            </select></label>`
          : nothing
      }`;
  }

  readonly #repeatChosen = (event: Event): void => {
    this.repeats = (event.target as HTMLSelectElement).value !== '';
  };

  readonly #reminderChosen = (): void => {
    this.reminds = this.renderRoot.querySelector('input[name=ahead]:checked') !== null;
  };

  protected override check(form: FormData): Refusal | null {
    if (textOf(form, 'title') === '') return { text: this.t('task.empty'), input: 'title' };
    const needsDay = textOf(form, 'every') !== '' || form.has('ahead') || textOf(form, 'dueTime') !== '';
    return needsDay && textOf(form, 'dueOn') === '' ? { text: this.t('task.needsDay'), input: 'dueOn' } : null;
  }

  protected override async send(form: FormData): Promise<boolean> {
    const { id } = await this.api.get<Me>('me');
    const [dueOn, dueTime, every, until] = ['dueOn', 'dueTime', 'every', 'until'].map((name) => textOf(form, name));
    const reminders = form.getAll('ahead').map(
      (minutes): TaskReminder => ({
        minutesBefore: Number(minutes),
        channel: textOf(form, 'channel') as TaskReminder['channel'],
      }),
    );
    const repeat = every && { every: every as TaskRepeat['every'], interval: 1, ...(until ? { until } : {}) };
    const task: TaskCreate = {
      title: textOf(form, 'title'),
      assigneeId: id,
      ...(dueOn ? { dueOn, timeZone: this.config.timeZone } : {}),
      ...(dueTime ? { dueTime } : {}),
      ...(repeat ? { repeat } : {}),
      ...(reminders.length > 0 ? { reminders } : {}),
    };
    await this.api.send('POST', `${this.path}/tasks`, task, { idempotencyKey: this.key });
    return true;
  }
}
