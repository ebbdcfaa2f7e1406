import { html } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { ask } from './auth-request.ts';
import { ConsoleTokenPage } from './token-page.ts';

/** Makes the first administrator: the page of the one-time link that a fresh installation prints. */
export class ConsoleSetup extends ConsoleTokenPage {
  get heading(): string {
    return t('setup.title');
  }

  protected override content() {
    return html`<p class="muted">${t('setup.text')}</p>
      ${
        this.token === null
          ? banner('warning', t('setup.noToken'))
          : html`<salespulse-console-form .fields=${this.#fields} .save=${this.#save} .needsAll=${true}
              .submitLabel=${t('setup.action')} .busyLabel=${t('entry.busy')}></salespulse-console-form>`
      }`;
  }

  readonly #fields: readonly Field[] = [
    {
      name: 'name',
      label: t('entry.name'),
      kind: 'text',
      required: true,
      maxLength: 200,
      autocomplete: 'name',
      isWide: true,
    },
    { name: 'email', label: t('signIn.email'), kind: 'email', required: true, autocomplete: 'username', isWide: true },
    {
      name: 'password',
      label: t('signIn.password'),
      kind: 'new-password',
      required: true,
      judge: this.judge,
      isWide: true,
    },
  ];

  readonly #save = async ({ name, email, password }: FormValues): Promise<void> => {
    const { user } = await ask<{ user: Me }>(this.session, 'auth/setup', { token: this.token, name, email, password });
    this.done(user);
  };
}
