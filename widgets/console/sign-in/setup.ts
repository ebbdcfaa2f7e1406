import { html } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ApiError } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { setUp } from './sign-in-request.ts';

/** Makes the first administrator: the page of the one-time link that a fresh installation prints. */
export class ConsoleSetup extends ConsoleElement {
  static override properties = { session: { attribute: false }, done: { attribute: false } };

  declare session: Session;
  declare done: (me: Me) => void;

  /** From the fragment (`#token=...`, or the bare token), which browsers never send to a server. */
  get #token(): string {
    const fragment = location.hash.slice(1);
    return new URLSearchParams(fragment).get('token') ?? fragment;
  }

  protected override firstUpdated(): void {
    document.title = `${t('setup.title')} · ${t('app.name')}`;
  }

  protected override render() {
    const fields: Field[] = [
      {
        name: 'name',
        label: t('setup.name'),
        kind: 'text',
        required: true,
        maxLength: 200,
        autocomplete: 'name',
        isWide: true,
      },
      {
        name: 'email',
        label: t('signIn.email'),
        kind: 'email',
        required: true,
        autocomplete: 'username',
        isWide: true,
      },
      {
        name: 'password',
        label: t('signIn.password'),
        kind: 'password',
        required: true,
        help: t('setup.password.help'),
        autocomplete: 'new-password',
        isWide: true,
      },
    ];
    return html`<main class="entry">
      <div class="entry-card">
        <p class="brand">${icon('logo')}<span>${t('app.name')}</span></p>
        <h1>${t('setup.title')}</h1>
        <p class="muted">${t('setup.text')}</p>
        ${
          this.#token === ''
            ? banner('warning', t('setup.noToken'))
            : html`<salespulse-console-form .fields=${fields} .save=${this.#save} .submitLabel=${t('setup.action')}></salespulse-console-form>`
        }
      </div>
    </main>`;
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { name, email, password } = body as { name: string; email: string; password: string };
    const outcome = await setUp(this.session, { token: this.#token, name, email, password });
    switch (outcome.kind) {
      case 'signed-in':
        this.done(outcome.me);
        return;
      case 'wait':
        throw new ApiError({ status: 429, code: 'rate_limited', detail: t('signIn.wait', { count: outcome.seconds }) });
      case 'refused':
        throw new ApiError({ status: 422, code: 'refused', detail: outcome.reason, errors: outcome.errors });
    }
  };
}
