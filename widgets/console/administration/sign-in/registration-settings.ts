import { html, type PropertyValues } from 'lit';
import type { SignInSettings } from '../../../../backend/contracts/administration.ts';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { bodyOf, changesBetween, type Field, type FormValues } from '../../parts/fields.ts';
import { Loader } from '../../parts/loader.ts';
import { errorState, loadingState } from '../../parts/states.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { namedOptions } from '../../records/references.ts';
import { t } from '../../text.ts';

interface Loaded {
  settings: SignInSettings;
  roles: readonly Role[];
}
type Registration = SignInSettings['registration'];
const registrations: readonly Registration[] = ['off', 'on', 'domains'];
const duties: readonly SignInSettings['requireSecondStep'][] = ['nobody', 'administrators', 'everybody'];

/** Whether people may register by themselves, who needs a second step, and how long sessions last. */
export class ConsoleRegistrationSettings extends ConsoleElement {
  static override properties = { registration: { state: true } };

  /** As chosen in the form: the fields below depend on it. */
  declare registration: Registration;
  readonly #loaded = new Loader<Loaded>(this);

  constructor() {
    super();
    this.registration = 'off';
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#loaded.load(async (signal) => {
      const { api, me } = this.app;
      const [settings, roles] = await Promise.all([
        api.get<SignInSettings>('settings/sign-in', {}, { signal }),
        can(me, 'role.read') ? api.get<Page<Role>>('roles', {}, { signal }) : { items: [] },
      ]);
      this.registration = settings.registration;
      return { settings, roles: roles.items };
    });

  protected override render() {
    const { state } = this.#loaded;
    return html`<section class="card" aria-labelledby="registration-heading">
      <header class="card-header"><h2 id="registration-heading">${t('signIn.settings')}</h2></header>
      ${state.kind === 'loading' ? loadingState(4) : state.kind === 'error' ? errorState(state.error, this.#load) : this.#form(state.data)}
    </section>`;
  }

  #form({ settings, roles }: Loaded) {
    return html`<salespulse-console-form .app=${this.app} .fields=${this.#fields(roles)} .values=${settings} .save=${this.#save}
      @change=${this.#changed}></salespulse-console-form>`;
  }

  #fields(roles: readonly Role[]): Field[] {
    const mayRegister = this.registration !== 'off';
    const domains: Field = {
      name: 'registrationDomains',
      label: t('signIn.domains'),
      kind: 'lines',
      help: t('signIn.domains.help'),
      required: true,
      isWide: true,
    };
    const role: Field = {
      name: 'defaultRoleId',
      label: t('signIn.defaultRole'),
      kind: 'select',
      options: namedOptions(roles.filter(({ key }) => key !== 'viewer' && key !== 'admin')),
      emptyLabel: t('signIn.defaultRole.viewer'),
      isWide: true,
    };
    return [
      {
        name: 'registration',
        label: t('signIn.registration'),
        kind: 'select',
        options: registrations.map((value) => ({ value, label: t(`signIn.registration.${value}`) })),
        isWide: true,
      },
      ...(this.registration === 'domains' ? [domains] : []),
      ...(mayRegister ? [role] : []),
      {
        name: 'requireSecondStep',
        label: t('signIn.duty'),
        kind: 'select',
        options: duties.map((value) => ({ value, label: t(`signIn.duty.${value}`) })),
        help: t('signIn.duty.help'),
        isWide: true,
      },
      minutesOrHours('sessionIdleMinutes', t('signIn.idle'), t('signIn.idle.help'), 5, 1440),
      minutesOrHours('sessionMaxHours', t('signIn.max'), t('signIn.max.help'), 1, 168),
    ];
  }

  readonly #changed = (event: Event): void => {
    const { name, value } = event.target as HTMLSelectElement;
    if (name === 'registration') this.registration = registrations.find((one) => one === value) ?? 'off';
  };

  readonly #save = async (body: FormValues): Promise<void> => {
    const { data } = this.#loaded;
    if (!data) return;
    const { settings, roles } = data;
    const changes = changesBetween(bodyOf(this.#fields(roles), { ...settings }), body);
    if (Object.keys(changes).length === 0) return;
    const saved = await patchVersioned<SignInSettings>(this.app.api, 'settings/sign-in', changes, settings.version);
    this.#loaded.put({ settings: saved, roles });
    this.app.notify(t('signIn.saved'));
  };
}

const minutesOrHours = (name: string, label: string, help: string, min: number, max: number): Field => ({
  name,
  label,
  kind: 'number',
  required: true,
  help,
  min,
  max,
});
