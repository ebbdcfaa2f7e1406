import type { App } from '../app.ts';
import { can } from '../app.ts';
import type { ConsolePage } from '../parts/console-element.ts';
import { chunkNotice, forbiddenNotice, type Notice, notFoundNotice } from './notice-pages.ts';
import { isSamePage, type RouteMatch } from './router.ts';

/** What stands in the middle of the shell. */
export type OutletContent = { page: ConsolePage; notice: null } | { page: null; notice: Notice } | null;

/** Brings the page of an address; a slower page never overtakes a later choice. */
export class Outlet {
  content: OutletContent = null;
  #match: RouteMatch | null = null;
  #turn = 0;

  /** Resolves to true when another page stands there now, to false when only its query changed or it was overtaken. */
  async show(app: App, match: RouteMatch): Promise<boolean> {
    const turn = ++this.#turn;
    if (isSamePage(this.#match, match) && this.content?.page) {
      this.#match = match;
      this.content.page.match = match;
      this.content.page.app = app;
      return false;
    }
    const content = await this.#contentFor(app, match);
    if (turn !== this.#turn) return false;
    this.#match = match;
    this.content = content;
    return true;
  }

  /** Forgets the page, so that the next person starts with a fresh one. */
  clear(): void {
    this.#turn += 1;
    this.#match = null;
    this.content = null;
  }

  async #contentFor(app: App, match: RouteMatch): Promise<OutletContent> {
    const { route } = match;
    if (!route) return { page: null, notice: notFoundNotice(app.me) };
    if (route.permission !== null && !can(app.me, route.permission))
      return { page: null, notice: forbiddenNotice(app.me) };
    try {
      await route.load();
    } catch (error) {
      console.error('SalesPulse: a page could not be loaded', error);
      return { page: null, notice: chunkNotice() };
    }
    const page = document.createElement(route.tag) as ConsolePage;
    Object.assign(page, { app, match, ...route.props });
    return { page, notice: null };
  }
}
