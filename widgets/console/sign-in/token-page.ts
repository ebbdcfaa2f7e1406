import { html, type TemplateResult } from 'lit';
import { ApiError } from '../../base/api.ts';
import { t } from '../text.ts';
import { ConsoleEntryPage } from './entry-page.ts';
import { takeToken } from './link-token.ts';

/** A page that a link in a mail leads to. The token leaves the address before anything is shown. */
export abstract class ConsoleTokenPage extends ConsoleEntryPage {
  protected readonly token = takeToken();

  /** True for the answer to a link that was used, has run out or never was. */
  protected isUsedUp(error: unknown): boolean {
    return error instanceof ApiError && error.code === 'link_not_valid';
  }

  /** Says that the link does nothing any more, and what to do instead. */
  protected deadLink(text: string, next: TemplateResult): TemplateResult {
    return html`<div class="banner banner-warning" role="status"><p>${text}</p></div>
      ${next}${this.signInLink(t('entry.backToSignIn'))}`;
  }
}
