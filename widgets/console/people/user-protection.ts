import { html, nothing } from 'lit';
import type { User } from '../../../backend/contracts/users.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';
import { hasSecondStep } from './protection.ts';

/** How somebody's account is protected, as an administrator sees it. */
export class ConsoleUserProtection extends ConsoleElement {
  static override properties = { user: { attribute: false } };

  declare user: User;

  protected override render() {
    const { hasPassword, mustResetPassword, totp, passkeys, sso } = this.user.security;
    const password = mustResetPassword ? 'mustReset' : hasPassword ? 'set' : 'notSet';
    return html`<section class="card" aria-labelledby="user-protection">
      <header class="card-header"><h2 id="user-protection">${t('users.protection')}</h2></header>
      ${hasPassword && !hasSecondStep(this.user) ? banner('warning', t('protection.advice')) : nothing}
      <dl class="facts">
        <div><dt>${t('protection.password')}</dt><dd>${t(`protection.password.${password}`)}</dd></div>
        <div><dt>${t('protection.appLong')}</dt><dd>${t(totp ? 'protection.on' : 'protection.off')}</dd></div>
        <div><dt>${t('protection.passkeysLong')}</dt><dd>${passkeys === 0 ? t('protection.noPasskeys') : t('protection.passkeys', { count: passkeys })}</dd></div>
        <div><dt>${t('protection.providers')}</dt><dd>${sso.length === 0 ? t('protection.noProviders') : sso.join(', ')}</dd></div>
      </dl>
    </section>`;
  }
}
