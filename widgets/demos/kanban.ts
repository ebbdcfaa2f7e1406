import { init } from '../base/config.ts';
import '../elements/kanban/define.ts';
import { sampleBoard } from './kanban-sample.ts';
import { type Fault, type SampleServer, sampleServer } from './kanban-session.ts';

declare global {
  interface Window {
    /** The page's own server, for whoever wants to look behind the demo. */
    sample: SampleServer;
  }
}

const query = new URLSearchParams(location.search);
const state = query.get('state') ?? 'ready';
const entity = query.get('entity') === 'lead' ? 'lead' : 'opportunity';
const cards = Number(query.get('cards') ?? 0);
const counts = state === 'empty' ? [] : cards > 0 ? [cards, 12, 8, 5, 3] : undefined;

const server = sampleServer(
  sampleBoard(entity, counts, Date.now()),
  query.has('whole') ? Number.MAX_SAFE_INTEGER : 1000,
);
if (state === 'loading') server.reading = 'never';
if (state === 'error') server.reading = 'fails';
window.sample = server;

const isDark = query.get('theme') === 'dark';
document.documentElement.classList.toggle('dark', isDark);
init({
  session: server.session,
  locale: query.get('locale') ?? 'en',
  timeZone: 'Europe/Berlin',
  theme: isDark ? 'dark' : 'light',
});

const board = document.createElement('salespulse-kanban');
board.entity = entity;
const fields = query.get('fields');
if (fields) board.setAttribute('card-fields', fields);
else if (entity === 'opportunity') board.cardFields = 'value,owner,score,age,due';
if (state === 'stale') {
  board.addEventListener(
    'salespulse-ready',
    () => {
      server.reading = 'fails';
      void board.refresh();
    },
    { once: true },
  );
}

const events = document.querySelector('#events');
for (const name of ['salespulse-ready', 'salespulse-error', 'salespulse-card-open', 'salespulse-card-moved']) {
  board.addEventListener(name, (event) => {
    const line = document.createElement('li');
    line.textContent = `${name} ${JSON.stringify((event as CustomEvent).detail)}`;
    events?.prepend(line);
  });
}

document.querySelector('#fault')?.addEventListener('change', (event) => {
  const select = event.target as HTMLSelectElement;
  server.moveFault = select.value as Fault;
  select.selectedIndex = 0;
});

for (const link of document.querySelectorAll('nav a')) {
  if (link.getAttribute('href') === (location.search || '?state=ready')) link.setAttribute('aria-current', 'page');
}
document.querySelector('#stage')?.append(board);
