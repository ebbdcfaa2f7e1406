import { html } from 'lit';
import type { Query } from '../../base/api.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { download } from '../parts/download.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';

/** Takes a list out as a file: what its filters let through, all pages of it. */
export class ConsoleExportButton extends ConsoleElement {
  static override properties = {
    path: { attribute: false },
    query: { attribute: false },
    isExporting: { state: true },
  };

  /** API path of the list. */
  declare path: string;
  /** The query of the page's address. */
  declare query: URLSearchParams;
  declare isExporting: boolean;

  constructor() {
    super();
    this.isExporting = false;
  }

  protected override render() {
    return html`<button type="button" class="button" ?disabled=${this.isExporting} @click=${() => void this.#export()}>
      ${icon('file')}${t(this.isExporting ? 'record.exporting' : 'record.export')}</button>`;
  }

  async #export(): Promise<void> {
    const names = [...new Set(this.query.keys())].filter((name) => name !== 'columns');
    const asked: Query = Object.fromEntries(
      // The text of a search is one, whatever the address says.
      names.map((name) => [name, name === 'q' || name === 'sort' ? this.query.get(name) : this.query.getAll(name)]),
    );
    this.isExporting = true;
    try {
      await download(this.app.session, `${this.path}/export`, asked, `${this.path}.csv`);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    } finally {
      this.isExporting = false;
    }
  }
}
