import { html, nothing } from 'lit';
import type { Role, Team, User } from '../../../backend/contracts/users.ts';
import { ApiError } from '../../base/api.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { bodyOf, changesBetween, type Field, type FormValues, withoutEmpty } from '../parts/fields.ts';
import { OnceKey } from '../parts/once-key.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';

/** Adds a person, or changes name, role, team and status of one. */
export class ConsoleUserDialog extends ConsoleElement {
  static override properties = {
    user: { attribute: false },
    roles: { attribute: false },
    teams: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
  };

  declare user: User | 'new' | null;
  declare roles: readonly Role[];
  declare teams: readonly Team[];
  declare saved: () => void;
  declare onClose: () => void;
  readonly #key = new OnceKey();

  protected override render() {
    const { user } = this;
    const heading = user === null ? '' : user === 'new' ? t('users.add') : t('users.editOne', { name: user.name });
    return html`<salespulse-console-dialog .heading=${heading} .isOpen=${user !== null} .onClose=${this.onClose}
      .content=${user === null ? nothing : this.#form(user)}></salespulse-console-dialog>`;
  }

  #form(user: User | 'new') {
    const values = user === 'new' ? { roleId: this.roles.find(({ key }) => key === 'rep')?.id } : valuesOf(user);
    const fields = user === 'new' ? this.#newFields() : this.#fields(user);
    return html`<salespulse-console-form .app=${this.app} .fields=${fields} .values=${values} .cancel=${this.onClose}
      .save=${user === 'new' ? this.#create : (body: FormValues) => this.#update(user, body)} .submitLabel=${t(user === 'new' ? 'users.add' : 'form.save')}></salespulse-console-form>`;
  }

  get #nameRoleTeam(): Field[] {
    return [
      { name: 'name', label: t('users.name'), kind: 'text', required: true, maxLength: 200, isWide: true },
      { name: 'roleId', label: t('users.role'), kind: 'select', required: true, options: namedOptions(this.roles) },
      {
        name: 'teamId',
        label: t('users.team'),
        kind: 'select',
        options: namedOptions(this.teams),
        emptyLabel: t('users.noTeam'),
      },
    ];
  }

  #newFields(): Field[] {
    const [name, ...others] = this.#nameRoleTeam;
    return [
      ...(name ? [name] : []),
      { name: 'email', label: t('users.email'), kind: 'email', required: true, isWide: true },
      ...others,
      {
        name: 'password',
        label: t('users.password'),
        kind: 'password',
        required: true,
        help: t('users.password.help'),
        autocomplete: 'new-password',
        isWide: true,
      },
    ];
  }

  /** One's own role and status stay: nobody locks themselves out by mistake. */
  #fields(user: User): Field[] {
    const fields = this.#nameRoleTeam;
    if (user.id === this.app.me.id) return fields.filter(({ name }) => name !== 'roleId');
    const options = (['active', 'deactivated'] as const).map((value) => ({ value, label: t(`users.status.${value}`) }));
    const isSettable = user.status === 'active' || user.status === 'deactivated';
    return isSettable
      ? [...fields, { name: 'status', label: t('users.status'), kind: 'select', options, help: t('users.status.help') }]
      : fields;
  }

  readonly #create = async (body: FormValues): Promise<void> => {
    const person = withoutEmpty(body);
    await this.app.api.send('POST', 'users', person, { idempotencyKey: this.#key.for(person) });
    this.#key.done();
    this.#done(t('users.added', { name: String(body.name) }));
  };

  async #update(user: User, body: FormValues): Promise<void> {
    const changes = changesBetween(bodyOf(this.#fields(user), valuesOf(user)), body);
    if (Object.keys(changes).length > 0) await this.#send(user, changes);
    this.#done(t('users.saved', { name: user.name }));
  }

  async #send(user: User, changes: FormValues): Promise<void> {
    try {
      await this.app.api.send('PATCH', `users/${user.id}`, changes, { ifMatch: user.version });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      throw new ApiError({ status: 412, code: 'stale', detail: t('users.conflict') }, { cause: error });
    }
  }

  #done(message: string): void {
    this.onClose();
    this.saved();
    this.app.notify(message);
  }
}

const valuesOf = (user: User): FormValues => ({ ...user, roleId: user.role.id, teamId: user.team?.id ?? null });
