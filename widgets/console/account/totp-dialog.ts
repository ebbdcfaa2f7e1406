import { html, nothing } from 'lit';
import type { TotpSetup } from '../../../backend/contracts/account.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import type { Guard } from './proof-dialog.ts';
import { qrCode } from './qr-code.ts';

/** Sets up an authenticator app: a picture to scan or a secret to type, and a first code that shows it worked. */
export class ConsoleTotpDialog extends ConsoleElement {
  static override properties = {
    setup: { attribute: false },
    guard: { attribute: false },
    confirmed: { attribute: false },
    onClose: { attribute: false },
  };

  declare setup: TotpSetup | null;
  declare guard: Guard;
  /** With fresh recovery codes, where the person had none. */
  declare confirmed: (recoveryCodes: readonly string[] | null) => void;
  declare onClose: () => void;

  constructor() {
    super();
    this.setup = null;
  }

  protected override render() {
    const { setup } = this;
    return html`<salespulse-console-dialog .heading=${t('totp.setup.title')} .isOpen=${setup !== null} .onClose=${this.onClose}
      .content=${setup === null ? nothing : this.#content(setup)}></salespulse-console-dialog>`;
  }

  #content(setup: TotpSetup) {
    return html`<ol class="steps">
        <li><p>${t('totp.setup.scan')}</p>${qrCode(setup.qr, t('totp.setup.qr'))}
          <p><a href=${setup.uri}>${t('totp.setup.open')}</a></p>
          <salespulse-console-copyable .label=${t('totp.setup.secret')} .text=${setup.secret}></salespulse-console-copyable></li>
        <li><p>${t('totp.setup.confirm')}</p>
          <salespulse-console-form .fields=${this.#fields} .save=${this.#confirm} .cancel=${this.onClose} .needsAll=${true}
            .submitLabel=${t('totp.setup.action')}></salespulse-console-form></li>
      </ol>`;
  }

  readonly #fields: readonly Field[] = [
    {
      name: 'code',
      label: t('totp.setup.code'),
      kind: 'text',
      required: true,
      maxLength: 10,
      autocomplete: 'one-time-code',
      inputMode: 'numeric',
      isWide: true,
    },
  ];

  readonly #confirm = async ({ code }: FormValues): Promise<void> => {
    const body = { code: String(code).replace(/\s/g, '') };
    const { recoveryCodes } = await this.guard(() =>
      this.app.api.send<{ recoveryCodes: string[] | null }>('POST', 'me/totp/confirm', body),
    );
    this.confirmed(recoveryCodes);
  };
}
