import type { Field } from '../parts/fields.ts';
import { t } from '../text.ts';

export const nameField = (): Field => ({
  name: 'name',
  label: t('embed.name'),
  kind: 'text',
  required: true,
  maxLength: 100,
});

/** Where the host's pages are. */
export const originsField = (): Field => ({
  name: 'allowedOrigins',
  label: t('embed.origins'),
  kind: 'lines',
  required: true,
  help: t('embed.origins.help'),
  isWide: true,
});

export const matchEmailField = (): Field => ({
  name: 'matchVerifiedEmail',
  label: t('embed.matchEmail'),
  kind: 'checkbox',
  help: t('embed.matchEmail.help'),
  isWide: true,
});
