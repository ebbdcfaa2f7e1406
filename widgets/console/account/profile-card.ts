import { html } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { bodyOf, changesBetween, type Field, type FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { languages, timeZones } from './regions.ts';

/** Name, language and time zone of the person themselves. */
export class ConsoleProfileCard extends ConsoleElement {
  protected override render() {
    const { me } = this.app;
    return html`<section class="card">
      <header class="card-header"><h2>${t('profile.title')}</h2></header>
      <dl class="facts">
        <div><dt>${t('signIn.email')}</dt><dd>${me.email ?? t('value.none')}</dd></div>
        <div><dt>${t('profile.role')}</dt><dd>${me.role.name}</dd></div>
        <div><dt>${t('profile.team')}</dt><dd>${me.team?.name ?? t('value.none')}</dd></div>
      </dl>
      <salespulse-console-form .fields=${this.#fields} .values=${valuesOf(me)} .save=${this.#save}></salespulse-console-form>
    </section>`;
  }

  get #fields(): readonly Field[] {
    const { me } = this.app;
    return [
      {
        name: 'name',
        label: t('profile.name'),
        kind: 'text',
        required: true,
        maxLength: 200,
        autocomplete: 'name',
        isWide: true,
      },
      {
        name: 'locale',
        label: t('profile.locale'),
        kind: 'select',
        options: languages(me.locale),
        emptyLabel: t('profile.locale.browser'),
        help: t('profile.locale.help'),
      },
      {
        name: 'timeZone',
        label: t('profile.timeZone'),
        kind: 'select',
        options: timeZones(me.timeZone),
        emptyLabel: t('profile.timeZone.company'),
      },
    ];
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const changes = changesBetween(bodyOf(this.#fields, valuesOf(this.app.me)), body);
    if (Object.keys(changes).length > 0) this.app.meChanged(await this.app.api.send<Me>('PATCH', 'me', changes));
    this.app.notify(t('profile.saved'));
  };
}

const valuesOf = ({ name, locale, timeZone }: Me): FormValues => ({ name, locale, timeZone });
