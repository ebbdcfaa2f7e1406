import type { SalesPulseTasks } from '../elements/tasks/tasks.ts';
import type { DemoState } from './sample/session.ts';
import { tasksSession } from './sample/tasks.ts';

// Sessions first: an element asks for its tasks as soon as its tag is defined.
for (const element of document.querySelectorAll<SalesPulseTasks>('[data-state]')) {
  const state = element.dataset.state as DemoState;
  element.session = tasksSession(state);
  if (state === 'stale') element.addEventListener('salespulse-ready', () => void element.refresh(), { once: true });
}
const theme = document.querySelector<HTMLSelectElement>('#theme');
theme?.addEventListener('change', () => {
  document.documentElement.dataset.theme = theme.value;
});
const log = document.querySelector<HTMLOutputElement>('#events');
for (const name of ['salespulse-drill', 'salespulse-task-open', 'salespulse-task-changed']) {
  document.addEventListener(name, (event) => {
    if (log) log.value = `${name} ${JSON.stringify((event as CustomEvent).detail)}`;
  });
}
await import('../elements/tasks/define.ts');
