import { html, type PropertyDeclarations } from 'lit';
import type { Field, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { ConsoleTokenPage } from './token-page.ts';

/** Where the mail for a forgotten password leads: a new one is chosen, and signed in with afterwards. */
export class ConsoleReset extends ConsoleTokenPage {
  static override properties: PropertyDeclarations = { state: { state: true } };

  declare state: 'asking' | 'used-up' | 'done';

  constructor() {
    super();
    this.state = 'asking';
  }

  get heading(): string {
    if (this.token === null || this.state === 'used-up') return t('link.dead');
    return t(this.state === 'done' ? 'reset.done' : 'reset.title');
  }

  protected override content() {
    if (this.token === null) return this.#askAgain(t('link.incomplete'));
    switch (this.state) {
      case 'used-up':
        return this.#askAgain(t('reset.usedUp'));
      case 'done':
        return html`<p>${t('reset.done.text')}</p>
          <a class="button button-primary button-block" href="/sign-in">${t('entry.toSignIn')}</a>`;
      case 'asking':
        return html`<p class="muted">${t('reset.text')}</p>
          <salespulse-console-form .fields=${this.#fields} .save=${this.#reset} .needsAll=${true}
            .submitLabel=${t('reset.action')} .busyLabel=${t('entry.busy')}></salespulse-console-form>`;
    }
  }

  #askAgain(text: string) {
    return this.deadLink(
      text,
      html`<a class="button button-primary button-block" href="/forgot">${t('reset.another')}</a>`,
    );
  }

  readonly #fields: readonly Field[] = [
    {
      name: 'password',
      label: t('reset.password'),
      kind: 'new-password',
      required: true,
      judge: this.judge,
      isWide: true,
    },
  ];

  readonly #reset = async ({ password }: FormValues): Promise<void> => {
    try {
      await ask(this.session, 'auth/password/reset', { token: this.token, password });
    } catch (error) {
      if (!this.isUsedUp(error)) throw error;
      this.state = 'used-up';
      return;
    }
    // A reset ends every session, also one that this browser may still have.
    this.session.end();
    this.state = 'done';
  };
}
