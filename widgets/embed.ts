import { init, setDefaultServer } from './base/config.ts';
import './elements/chart/define.ts';
import './elements/kanban/define.ts';
import './elements/kpis/define.ts';

export type { FetchClientSecret, InitOptions, Theme } from './base/config.ts';
export type { SalesPulseEvents } from './base/events.ts';
export type { Session } from './base/session.ts';
export { init };

declare const __SALESPULSE_VERSION__: string;
/** Version of this script, as in package.json. */
export const version = __SALESPULSE_VERSION__;

declare global {
  interface Window {
    SalesPulse?: { init: typeof init; version: string };
  }
}

// The script comes from the server whose data it shows, unless the page says otherwise.
setDefaultServer(new URL(/* @vite-ignore */ '.', import.meta.url).href);

// The first script on a page keeps the name; a second one, also of another version, shares its settings.
window.SalesPulse ??= { init, version };
