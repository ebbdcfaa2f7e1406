import { html, nothing } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Session } from '../../base/session.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { Countdown } from './countdown.ts';
import { signIn } from './sign-in-request.ts';

/** The sign-in page. It stands at the address that was asked for, so that one arrives there afterwards. */
export class ConsoleSignIn extends ConsoleElement {
  static override properties = {
    session: { attribute: false },
    reason: { attribute: false },
    done: { attribute: false },
    problem: { state: true },
    isBusy: { state: true },
  };

  declare session: Session;
  /** Why one is here, such as an ended session. */
  declare reason: string | null;
  declare done: (me: Me) => void;
  declare problem: string | null;
  declare isBusy: boolean;
  readonly #wait = new Countdown(this);

  constructor() {
    super();
    this.problem = null;
    this.isBusy = false;
  }

  protected override firstUpdated(): void {
    document.title = `${t('signIn.title')} · ${t('app.name')}`;
    this.querySelector<HTMLInputElement>('input')?.focus();
  }

  protected override render() {
    const { secondsLeft } = this.#wait;
    const problem = secondsLeft > 0 ? t('signIn.wait', { count: secondsLeft }) : this.problem;
    return html`<main class="entry">
      <div class="entry-card">
        <p class="brand">${icon('logo')}<span>${t('app.name')}</span></p>
        <h1>${t('signIn.title')}</h1>
        ${this.reason && !problem ? banner('info', this.reason) : nothing}
        <div aria-live="assertive">${problem ? html`<div class="banner banner-error">${problem}</div>` : nothing}</div>
        <form class="form" @submit=${this.#submit}>
          <div class="field">
            <label for="email">${t('signIn.email')}</label>
            <input id="email" name="email" type="email" autocomplete="username" required />
          </div>
          <div class="field">
            <label for="password">${t('signIn.password')}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
          </div>
          <button type="submit" class="button button-primary button-block" ?disabled=${this.isBusy || secondsLeft > 0}>
            ${this.isBusy ? t('signIn.busy') : t('signIn.action')}
          </button>
        </form>
      </div>
    </main>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    this.isBusy = true;
    this.problem = null;
    const outcome = await signIn(this.session, String(data.get('email')), String(data.get('password')));
    this.isBusy = false;
    switch (outcome.kind) {
      case 'signed-in':
        this.done(outcome.me);
        return;
      case 'wait':
        this.#wait.start(outcome.seconds);
        return;
      case 'refused': {
        this.problem = outcome.reason;
        const password = this.querySelector<HTMLInputElement>('#password');
        if (password) password.value = '';
        password?.focus();
      }
    }
  };
}
