import { html, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Invitation } from '../../../backend/contracts/account.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import { Format } from '../../base/format.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { Loader } from '../parts/loader.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { rememberEmail } from './known-email.ts';
import { ConsoleTokenPage } from './token-page.ts';

/** Where the mail of an invitation leads: name and password make the account usable. */
export class ConsoleInvitation extends ConsoleTokenPage {
  static override properties: PropertyDeclarations = { state: { state: true } };

  declare state: 'asking' | 'used-up' | 'done';
  readonly #invitation = new Loader<Invitation>(this);

  constructor() {
    super();
    this.state = 'asking';
  }

  get heading(): string {
    if (this.token === null || this.state === 'used-up' || this.isUsedUp(this.#invitation.state.error))
      return t('link.dead');
    return t(this.state === 'done' ? 'invitation.done' : 'invitation.title');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void => {
    const { token } = this;
    if (token === null) return;
    void this.#invitation.load((signal) => ask<Invitation>(this.session, 'auth/invitation', { token }, signal));
  };

  protected override content() {
    if (this.token === null) return this.deadLink(t('link.incomplete'), html``);
    if (this.state === 'done')
      return html`<p>${t('invitation.done.text')}</p><a class="button button-primary button-block" href="/sign-in">${t('entry.toSignIn')}</a>`;
    const { state } = this.#invitation;
    if (this.state === 'used-up' || this.isUsedUp(state.error)) return this.deadLink(t('invitation.usedUp'), html``);
    switch (state.kind) {
      case 'loading':
        return loadingState(3);
      case 'error':
        return errorState(state.error, this.#load);
      case 'ready':
        return this.#form(state.data);
    }
  }

  #form({ name, email, invitedBy, expiresAt }: Invitation) {
    const format = new Format(navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone);
    return html`<p>${invitedBy ? t('invitation.text.by', { invitedBy }) : t('invitation.text')}</p>
      <p class="muted">${t('invitation.until', { moment: format.moment(expiresAt) })}</p>
      <salespulse-console-form .fields=${this.#fields} .values=${{ name, email }} .save=${this.#accept} .needsAll=${true}
        .submitLabel=${t('invitation.action')} .busyLabel=${t('entry.busy')}></salespulse-console-form>`;
  }

  get #fields(): readonly Field[] {
    return [
      // The address belongs to the invitation; password managers want to see it beside the password.
      {
        name: 'email',
        label: t('signIn.email'),
        kind: 'email',
        isReadOnly: true,
        autocomplete: 'username',
        isWide: true,
      },
      {
        name: 'name',
        label: t('entry.name'),
        kind: 'text',
        required: true,
        maxLength: 200,
        autocomplete: 'name',
        isWide: true,
      },
      {
        name: 'password',
        label: t('signIn.password'),
        kind: 'new-password',
        required: true,
        judge: this.judge,
        isWide: true,
      },
    ];
  }

  readonly #accept = async ({ name, password, email }: FormValues): Promise<void> => {
    try {
      const answer = await ask<{ user?: Me } | undefined>(this.session, 'auth/invitation/accept', {
        token: this.token,
        name,
        password,
      });
      rememberEmail(String(email));
      if (answer?.user) this.done(answer.user);
      else this.state = 'done';
    } catch (error) {
      if (!this.isUsedUp(error)) throw error;
      this.state = 'used-up';
    }
  };
}
