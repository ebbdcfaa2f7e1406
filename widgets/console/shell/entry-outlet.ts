import type { ConsoleEntryPage } from '../sign-in/entry-page.ts';
import { isSamePage, type RouteMatch } from './router.ts';

/** Brings the pages for people who are not signed in; they stand in place of the whole frame. */
export class EntryOutlet {
  page: ConsoleEntryPage | null = null;
  #match: RouteMatch | null = null;

  /** An address of another kind takes the page away. */
  show(match: RouteMatch, given: Pick<ConsoleEntryPage, 'session' | 'done'>): void {
    // Another link opened in the same tab differs by its fragment alone.
    const isKept = isSamePage(this.#match, match) && location.hash === '';
    this.#match = match;
    if (!match.route?.isEntry) this.page = null;
    else if (!isKept) this.page = Object.assign(document.createElement(match.route.tag) as ConsoleEntryPage, given);
  }
}
