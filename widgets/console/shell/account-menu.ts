import { html, nothing } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Theme } from '../../base/config.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { type IconName, icon } from '../parts/icons.ts';
import { t } from '../text.ts';
import { applyTheme, storedTheme } from './theme.ts';

const themeIcons: readonly [Theme, IconName][] = [
  ['auto', 'auto'],
  ['light', 'sun'],
  ['dark', 'moon'],
];

/** The right end of the header: colours, and the person with the way out. */
export class ConsoleAccountMenu extends ConsoleElement {
  static override properties = { me: { attribute: false }, signOut: { attribute: false }, theme: { state: true } };

  declare me: Me;
  declare signOut: () => void;
  declare theme: Theme;

  constructor() {
    super();
    this.theme = storedTheme();
  }

  protected override render() {
    const { me } = this;
    return html`<fieldset class="theme-switch">
        <legend class="visually-hidden">${t('theme.label')}</legend>
        ${themeIcons.map(
          ([theme, name]) => html`<label title=${t(`theme.${theme}`)}>
            <input type="radio" name="theme" value=${theme} .checked=${this.theme === theme} @change=${() => this.#choose(theme)} />
            ${icon(name)}<span class="visually-hidden">${t(`theme.${theme}`)}</span>
          </label>`,
        )}
      </fieldset>
      <button type="button" class="account-button" popovertarget="account-menu">
        <span class="avatar" data-initials=${initials(me.name)}></span>
        <span class="account-name">${me.name}</span>${icon('down')}
      </button>
      <div class="account-menu" id="account-menu" popover>
        <p class="account-title">${me.name}</p>
        <p class="muted">${me.email ?? nothing}</p>
        <p class="muted">${me.role.name}${me.team ? ` · ${t('app.team', { name: me.team.name })}` : nothing}</p>
        <a class="button" href="/account" @click=${this.#close}>${t('app.account')}</a>
        <button type="button" class="button" @click=${() => this.signOut()}>${t('app.signOut')}</button>
      </div>`;
  }

  readonly #close = (): void => this.querySelector<HTMLElement>('#account-menu')?.hidePopover();

  #choose(theme: Theme): void {
    this.theme = theme;
    applyTheme(theme);
  }
}

/** First letters of the first and the last name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
