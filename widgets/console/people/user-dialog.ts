import { html } from 'lit';
import type { Role, Team, User } from '../../../backend/contracts/users.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { bodyOf, changesBetween, type FormValues } from '../parts/fields.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { t } from '../text.ts';
import { nameField, roleAndTeam } from './user-fields.ts';

/** Changes name, role and team of a person. */
export class ConsoleUserDialog extends ConsoleElement {
  static override properties = {
    user: { attribute: false },
    roles: { attribute: false },
    teams: { attribute: false },
    isOpen: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
  };

  declare user: User;
  declare roles: readonly Role[];
  declare teams: readonly Team[];
  declare isOpen: boolean;
  declare saved: (user: User) => void;
  declare onClose: () => void;

  protected override render() {
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${t('users.editOne', { name: this.user.name })} .isOpen=${this.isOpen}
      .onClose=${this.onClose} .fields=${this.#fields} .values=${valuesOf(this.user)} .save=${this.#save}></salespulse-console-form-dialog>`;
  }

  /** One's own role stays: nobody locks themselves out by mistake. */
  get #fields() {
    const fields = [nameField(), ...roleAndTeam(this.roles, this.teams)];
    return this.user.id === this.app.me.id ? fields.filter(({ name }) => name !== 'roleId') : fields;
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { user } = this;
    const changes = changesBetween(bodyOf(this.#fields, valuesOf(user)), body);
    if (Object.keys(changes).length === 0) return;
    this.saved(await patchVersioned<User>(this.app.api, `users/${user.id}`, changes, user.version));
    this.app.notify(t('users.saved', { name: String(body.name) }));
  };
}

const valuesOf = (user: User): FormValues => ({ ...user, roleId: user.role.id, teamId: user.team?.id ?? null });
