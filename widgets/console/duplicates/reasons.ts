import type { DuplicateReason } from '../../../backend/contracts/duplicates.ts';
import type { App } from '../app.ts';
import { t } from '../text.ts';

/** "same e-mail address and same name" */
export const reasonsText = (app: App, reasons: readonly DuplicateReason[]): string =>
  new Intl.ListFormat(app.format.locale, { type: 'conjunction' }).format(
    reasons.map((reason) => t(`duplicates.reason.${reason}`)),
  );
