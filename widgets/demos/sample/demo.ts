import type { SalesPulseElement } from '../../base/element.ts';
import { type DemoState, sampleSession } from './session.ts';

/** Gives each element with `data-state` its session, and shows what the elements of the page fire. */
export function startDemo(): void {
  for (const element of document.querySelectorAll<SalesPulseElement & { refresh(): Promise<void> }>('[data-state]')) {
    const state = element.dataset.state as DemoState;
    element.session = sampleSession(state);
    if (state === 'stale') element.addEventListener('salespulse-ready', () => void element.refresh(), { once: true });
  }
  const theme = document.querySelector<HTMLSelectElement>('#theme');
  theme?.addEventListener('change', () => {
    document.documentElement.dataset.theme = theme.value;
  });
  const log = document.querySelector<HTMLOutputElement>('#events');
  for (const name of ['salespulse-drill', 'salespulse-filter']) {
    document.addEventListener(name, (event) => {
      if (log) log.value = `${name} ${JSON.stringify((event as CustomEvent).detail)}`;
    });
  }
}
