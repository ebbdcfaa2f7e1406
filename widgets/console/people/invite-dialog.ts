import { html, nothing, type PropertyValues } from 'lit';
import type { PasswordStrength, SignInOptions } from '../../../backend/contracts/account.ts';
import type { Role, Team } from '../../../backend/contracts/users.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { type Field, type FormValues, withoutEmpty } from '../parts/fields.ts';
import { OnceKey } from '../parts/once-key.ts';
import type { PasswordJudge } from '../parts/password-input.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { nameField, roleAndTeam } from './user-fields.ts';

const ways = ['invitation', 'password'] as const;

/** Adds a person: by an invitation that lets them choose a password, or with a first password set here. */
export class ConsoleInviteDialog extends ConsoleElement {
  static override properties = {
    isOpen: { attribute: false },
    roles: { attribute: false },
    teams: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
    way: { state: true },
    canMail: { state: true },
  };

  declare isOpen: boolean;
  declare roles: readonly Role[];
  declare teams: readonly Team[];
  declare saved: () => void;
  declare onClose: () => void;
  declare way: (typeof ways)[number];
  /** False: the invitation waits in the outbox of the system page. */
  declare canMail: boolean;
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.isOpen = false;
    this.roles = [];
    this.teams = [];
    this.way = 'invitation';
    this.canMail = true;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen') || !this.isOpen) return;
    this.way = 'invitation';
    void this.#askForMail();
  }

  protected override render() {
    const values = { roleId: this.roles.find(({ key }) => key === 'rep')?.id };
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${t('users.add')} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .intro=${this.#wayChoice()} .fields=${this.#fields()} .values=${values} .save=${this.#create}
      .submitLabel=${t(this.way === 'invitation' ? 'users.invite' : 'users.add')}></salespulse-console-form-dialog>`;
  }

  #wayChoice() {
    return html`<fieldset class="choice">
        <legend>${t('users.way')}</legend>
        ${ways.map(
          (way) =>
            html`<label class="check"><input type="radio" name="way" value=${way} .checked=${this.way === way} @change=${() => {
              this.way = way;
            }} /><span>${t(`users.way.${way}`)}</span></label>`,
        )}
      </fieldset>
      ${this.way === 'invitation' && !this.canMail ? banner('warning', t('users.way.noMail')) : nothing}`;
  }

  #fields(): Field[] {
    const fields: Field[] = [
      { name: 'email', label: t('users.email'), kind: 'email', required: true, isWide: true },
      nameField(),
      ...roleAndTeam(this.roles, this.teams),
    ];
    if (this.way === 'invitation') return fields;
    return [
      ...fields,
      {
        name: 'password',
        label: t('users.password'),
        kind: 'new-password',
        required: true,
        help: t('users.password.help'),
        judge: this.#judge,
        isWide: true,
      },
    ];
  }

  readonly #judge: PasswordJudge = (password, signal) =>
    this.app.api.send<PasswordStrength>('POST', 'auth/password/strength', { password }, { signal });

  readonly #create = async (body: FormValues): Promise<void> => {
    const person = withoutEmpty(body);
    await this.app.api.send('POST', 'users', person, { idempotencyKey: this.#key.for(person) });
    this.#key.done();
    this.saved();
    this.app.notify(t(this.way === 'invitation' ? 'users.invited' : 'users.added', { name: String(body.name) }));
  };

  /** Inviting works either way; only a note depends on the answer, so a failure changes nothing. */
  async #askForMail(): Promise<void> {
    const options = await this.app.api.get<SignInOptions>('auth/options').catch(() => null);
    this.canMail = options?.canMail ?? true;
  }
}
