import { init, setDefaultServer } from './base/config.ts';
import { loadWhenUsed } from './base/lazy-elements.ts';
import { openByItself } from './base/open-by-itself.ts';
import './elements/kanban/define.ts';
import './elements/kpis/define.ts';

export type { FetchClientSecret, InitOptions, Theme } from './base/config.ts';
export type { SalesPulseEvents } from './base/events.ts';
export type { Session } from './base/session.ts';
export { init };

declare const __SALESPULSE_VERSION__: string;
/** Version of this script, as in package.json. */
export const version = __SALESPULSE_VERSION__;

/** Fetches an element's code ahead of time, or for a tag inside a shadow root, where its use can't be seen. */
export const load = loadWhenUsed({
  'salespulse-chart': () => import('./elements/chart/define.ts'),
  'salespulse-record': () => import('./elements/record/define.ts'),
  'salespulse-tasks': () => import('./elements/tasks/define.ts'),
  'salespulse-pipeline': () => import('./elements/pipeline/define.ts'),
  'salespulse-dashboard': () => import('./elements/dashboard/define.ts'),
  'salespulse-filters': () => import('./elements/filters/define.ts'),
  'salespulse-explore': () => import('./elements/explore/define.ts'),
});

declare global {
  interface Window {
    SalesPulse?: { init: typeof init; load: typeof load; version: string };
  }
}

// The script comes from the server whose data it shows, unless the page says otherwise.
setDefaultServer(new URL(/* @vite-ignore */ '.', import.meta.url).href);

if (!window.SalesPulse) {
  const figures = ['salespulse-kpis', 'salespulse-chart'];
  const lists = ['salespulse-drill', 'salespulse-dashboard', 'salespulse-pipeline'];
  openByItself('salespulse-drill', figures, () => import('./elements/dashboard/drill/open-for.ts'));
  openByItself('salespulse-record-open', lists, () => import('./elements/record/dialog/open-for.ts'));
}

// The first script on a page keeps the name; a second one, also of another version, shares its settings.
window.SalesPulse ??= { init, load, version };
