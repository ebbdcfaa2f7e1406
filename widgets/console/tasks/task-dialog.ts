import { html, nothing, type PropertyValues } from 'lit';
import type { Named } from '../../../backend/contracts/common.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { today } from '../../base/range.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { changesBetween, type FormValues, withoutEmpty } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { problemText } from '../parts/problems.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { recordHref } from '../records/facts.ts';
import { peopleOf } from '../records/references.ts';
import { t } from '../text.ts';
import { taskBody, taskFields, taskValues } from './task-form.ts';

/** One task in full: made, changed, or deleted. */
export class ConsoleTaskDialog extends ConsoleElement {
  static override properties = {
    task: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    onChange: { attribute: false },
    people: { state: true },
    every: { state: true },
  };

  /** The task that is changed; null: a new one. */
  declare task: Task | null;
  declare isOpen: boolean;
  declare onClose: () => void;
  /** Something is different now: lists ask again. */
  declare onChange: () => void;
  declare people: readonly Named[];
  declare every: string | null;
  readonly #key = new OnceKey();
  #values: FormValues = {};

  constructor() {
    super();
    this.task = null;
    this.isOpen = false;
    this.people = [];
    this.every = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.isOpen || !(changed.has('isOpen') || changed.has('task'))) return;
    const { me } = this.app;
    this.#values = taskValues(this.task, { assigneeId: me.id, dueOn: today(me.timeZone) });
    this.every = this.task?.repeat?.every ?? null;
    void this.#loadPeople();
  }

  async #loadPeople(): Promise<void> {
    try {
      this.people = await peopleOf(this.app);
    } catch (error) {
      // The task can be changed all the same, only not given away.
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override render() {
    const heading = this.task ? t('task.edit') : t('task.add');
    return html`<salespulse-console-dialog .heading=${heading} .isOpen=${this.isOpen} .onClose=${this.onClose} .isWide=${true}
      .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const { task, app } = this;
    const { me } = app;
    const isReadOnly = !can(me, 'task.write');
    const context = { people: this.people, task, every: this.every, timeZone: me.timeZone };
    return html`${task?.record?.name === '' ? html`<p>${t(`task.about.${task.record.type}`)}</p>` : nothing}
    ${
      task?.record?.name
        ? html`<p>${t('task.about')} <a href=${recordHref(task.record.type, task.record.id)} @click=${this.onClose}>${task.record.name}</a></p>`
        : nothing
    }
      <div @change=${this.#changed}>
        <salespulse-console-form .app=${app} .fields=${taskFields(context)} .values=${this.#values} .cancel=${this.onClose}
          .save=${task ? this.#change : this.#add} .submitLabel=${task ? t('form.save') : t('task.add')}></salespulse-console-form>
      </div>
      ${task && !isReadOnly ? html`<button type="button" class="button button-danger-quiet" @click=${this.#delete}>${icon('trash')}${t('task.delete')}</button>` : nothing}`;
  }

  readonly #changed = (event: Event): void => {
    const { target } = event;
    if (target instanceof HTMLSelectElement && target.name === 'every') this.every = target.value || null;
  };

  readonly #add = async (form: FormValues): Promise<void> => {
    const body = withoutEmpty(taskBody(form));
    const task = await this.app.api.send<Task>('POST', 'tasks', body, { idempotencyKey: this.#key.for(body) });
    this.#key.done();
    this.#saved(t('task.added', { title: task.title }));
  };

  readonly #change = async (form: FormValues): Promise<void> => {
    if (!this.task) return;
    const { id, version } = this.task;
    const before = taskBody(this.#values);
    const changes = changesBetween(before, taskBody(form));
    const task = await patchVersioned<Task>(this.app.api, `tasks/${id}`, changes, version);
    this.#saved(t('task.saved', { title: task.title }));
  };

  readonly #delete = async (): Promise<void> => {
    if (!this.task) return;
    const { id, title, version } = this.task;
    const question = {
      title: t('task.deleteQuestion', { title }),
      text: t('task.delete.text'),
      action: t('task.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `tasks/${id}`, undefined, { ifMatch: version });
      this.#saved(t('task.deleted', { title }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  };

  #saved(message: string): void {
    this.app.notify(message);
    this.onClose();
    this.onChange();
  }
}
