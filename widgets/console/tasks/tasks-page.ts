import { html, nothing } from 'lit';
import type { Task } from '../../../backend/contracts/activities.ts';
import { today } from '../../base/range.ts';
import { can } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { listFooter } from '../parts/list-footer.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { emptyState, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { taskRow, toggleTask } from './task-row.ts';

const views = ['open', 'overdue', 'done'] as const;
type View = (typeof views)[number];

/** The tasks of the person who is signed in. */
export class ConsoleTasksPage extends ConsolePage {
  readonly #tasks = new PageList<Task>(this, () => this.app.api);
  #asked: View | null = null;

  get heading(): string {
    return t('tasks.title');
  }

  get #view(): View {
    return views.find((view) => view === this.match.query.get('show')) ?? 'open';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    const view = this.#view;
    if (view === this.#asked) return;
    this.#asked = view;
    void this.#tasks.load('tasks', {
      assignee: 'me',
      status: view === 'done' ? 'done' : 'open',
      ...(view === 'overdue' ? { overdue: true } : {}),
    });
  }

  protected override render() {
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <div class="tabs" role="group" aria-label=${t('tasks.show')}>
        ${views.map(
          (view) =>
            html`<button type="button" aria-pressed=${String(view === this.#view)} @click=${() => this.setQuery({ show: view === 'open' ? null : view })}>${t(`tasks.${view}`)}</button>`,
        )}
      </div>
      ${this.#list()}
    </div>`;
  }

  #list() {
    const { state } = this.#tasks;
    if (state.kind === 'loading') return loadingState();
    if (state.kind === 'error') return errorState(state.error, () => void this.#tasks.reload());
    if (state.items.length === 0) return emptyState(t(`tasks.${this.#view}.empty`), t('tasks.empty.text'));
    const now = today(this.app.me.timeZone);
    const toggle = can(this.app.me, 'task.write') ? this.#toggle : null;
    return html`<section class="card"><ul class="tasks">
      ${state.items.map((task) => taskRow({ app: this.app, task, today: now, hasRecord: true, toggle }))}
    </ul></section>
    ${state.error ? html`<p class="field-problem">${problemText(state.error)}</p>` : nothing} ${listFooter(state, this.#tasks.more)}`;
  }

  readonly #toggle = async (task: Task): Promise<void> => {
    try {
      const changed = await toggleTask(this.app, task);
      this.#tasks.replace(({ id }) => id === task.id, changed);
      this.app.notify(t(changed.status === 'done' ? 'task.completed' : 'task.reopened', { title: task.title }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
      await this.#tasks.reload();
    }
  };
}
