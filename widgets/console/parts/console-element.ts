import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { App } from '../app.ts';
import type { RouteMatch } from '../shell/router.ts';

/**
 * Base of the console's own elements. They render into the light DOM: the console owns its whole page, so labels,
 * password managers, find-in-page and one style sheet work as in any web application. The widgets that others
 * embed keep their shadow DOM.
 */
export abstract class ConsoleElement extends LitElement {
  static override properties: PropertyDeclarations = { app: { attribute: false } };

  declare app: App;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** A page: knows its address and gives the document its title. */
export abstract class ConsolePage extends ConsoleElement {
  static override properties: PropertyDeclarations = { match: { attribute: false } };

  declare match: RouteMatch;

  /** What the document is called while this page shows; also the page's heading. */
  abstract get heading(): string;

  protected override updated(_changed: PropertyValues): void {
    this.dispatchEvent(new PageTitleEvent(this.heading));
  }

  /** Changes the query of the address without leaving the page; empty values leave it. */
  protected setQuery(changes: Record<string, string | readonly string[] | null>): void {
    const query = new URLSearchParams(this.match.query);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      // Among several values the empty text means "not set"; alone it means "no filter".
      const values = value === null || value === '' ? [] : typeof value === 'string' ? [value] : value;
      for (const item of values) query.append(name, item);
    }
    const text = query.toString();
    this.app.navigate(text ? `${this.match.path}?${text}` : this.match.path, { replace: true });
  }
}

/** A page says what it is called. */
export class PageTitleEvent extends Event {
  static readonly type = 'salespulse-console-title';
  readonly heading: string;

  constructor(heading: string) {
    super(PageTitleEvent.type, { bubbles: true });
    this.heading = heading;
  }
}
