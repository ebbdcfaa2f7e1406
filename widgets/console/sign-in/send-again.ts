import { html, nothing } from 'lit';
import type { Session } from '../../base/session.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Countdown } from '../parts/countdown.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { WaitError } from '../parts/wait-error.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';

/** A button for those whose mail with the link for confirming the address did not come. */
export class ConsoleSendAgain extends ConsoleElement {
  static override properties = {
    session: { attribute: false },
    email: { attribute: false },
    said: { state: true },
    problem: { state: true },
  };

  declare session: Session;
  declare email: string;
  declare said: string;
  declare problem: string | null;
  readonly #wait = new Countdown(this);

  constructor() {
    super();
    this.said = '';
    this.problem = null;
  }

  protected override render() {
    const { secondsLeft } = this.#wait;
    return html`${this.problem ? banner('error', this.problem) : nothing}
      <p class="muted" role="status">${this.said}</p>
      <button type="button" class="button button-block" ?disabled=${secondsLeft > 0} @click=${this.#send}>
        ${secondsLeft > 0 ? t('mailSent.wait', { count: secondsLeft }) : t('mailSent.again')}
      </button>`;
  }

  readonly #send = async (): Promise<void> => {
    this.problem = null;
    this.said = '';
    try {
      await ask(this.session, 'auth/email/resend', { email: this.email });
      this.said = t('mailSent.done');
    } catch (error) {
      if (error instanceof WaitError) this.#wait.start(error.seconds);
      this.problem = error instanceof WaitError ? null : problemText(error);
      if (error instanceof WaitError) this.said = error.detail;
    }
  };
}
