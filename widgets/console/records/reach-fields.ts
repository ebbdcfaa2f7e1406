import { type App, seesFields } from '../app.ts';
import type { Field } from '../parts/fields.ts';
import { t } from '../text.ts';
import { type Fact, mailLink, phoneLink } from './facts.ts';

/** How a person is reached, as inputs; none for those who don't see such fields. */
export function reachFields(app: App): Field[] {
  if (!seesFields(app.me, 'personal')) return [];
  return [
    { name: 'email', label: t('field.email'), kind: 'email', maxLength: 254 },
    { name: 'phone', label: t('field.phone'), kind: 'tel', maxLength: 50 },
  ];
}

/** The same as facts of a record. */
export function reachFacts(app: App, { email, phone }: { email: string | null; phone: string | null }): Fact[] {
  if (!seesFields(app.me, 'personal')) return [];
  return [
    { label: t('field.email'), value: mailLink(email) },
    { label: t('field.phone'), value: phoneLink(phone) },
  ];
}
