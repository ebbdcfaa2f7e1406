import type { SalesPulseRecord } from '../elements/record/record.ts';
import { type RecordDemoState, recordSession } from './record-session.ts';

// Sessions first: an element asks for its record as soon as its tag is defined.
for (const element of document.querySelectorAll<SalesPulseRecord>('[data-state]')) {
  element.session = recordSession(element.dataset.state as RecordDemoState);
}
document.querySelector('#colleague')?.addEventListener('click', () => {
  const session = document.querySelector<SalesPulseRecord>('[data-state]')?.session;
  (session as ReturnType<typeof recordSession> | undefined)?.somebodyElse();
});
const theme = document.querySelector<HTMLSelectElement>('#theme');
theme?.addEventListener('change', () => {
  document.documentElement.dataset.theme = theme.value;
});
document.addEventListener('salespulse-record-changed', (event) => {
  const log = document.querySelector<HTMLOutputElement>('#events');
  if (log) log.value = `salespulse-record-changed ${JSON.stringify((event as CustomEvent).detail)}`;
});
await import('../elements/record/define.ts');
