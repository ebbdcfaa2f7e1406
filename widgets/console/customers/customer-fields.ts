import type { Account, Contact } from '../../../backend/contracts/customers.ts';
import { type App, can } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { customInputs, customInputValues } from '../records/custom-fields.ts';
import { ownerField } from '../records/deal-fields.ts';
import { customFacts, type Fact, moneyText, recordLink } from '../records/facts.ts';
import { reachFacts, reachFields } from '../records/reach-fields.ts';
import { finder, type References } from '../records/references.ts';
import { t } from '../text.ts';

/** The inputs of an account. */
export function accountFields(app: App, references: References, account: Account | null): Field[] {
  const { values } = references;
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true, maxLength: 200 },
    { name: 'domain', label: t('field.domain'), kind: 'text', maxLength: 253 },
    { name: 'industry', label: t('field.industry'), kind: 'text', maxLength: 100 },
    {
      name: 'segment',
      label: t('field.segment'),
      kind: 'text',
      maxLength: 100,
      suggestions: values.segment.filter(Boolean),
    },
    {
      name: 'region',
      label: t('field.region'),
      kind: 'text',
      maxLength: 100,
      suggestions: values.region.filter(Boolean),
    },
    { name: 'country', label: t('field.country'), kind: 'text', maxLength: 100 },
    { name: 'employees', label: t('field.employees'), kind: 'number', min: 0 },
    { name: 'annualRevenue', label: t('field.annualRevenue'), kind: 'money', min: 0, currency: app.me.currency },
    { name: 'foundedYear', label: t('field.foundedYear'), kind: 'number', min: 1000, max: 2200 },
    ownerField(app.me, references.people, account?.owner),
    ...customInputs(app, references, account?.custom),
  ];
}

/** An account as the values of its inputs. */
export const accountValues = (account: Account): FormValues => ({
  ...account,
  ownerId: account.owner?.id ?? null,
  ...customInputValues(account.custom),
});

/** All that is known of an account. */
export function accountFacts(app: App, references: References, account: Account): Fact[] {
  return [
    { label: t('field.domain'), value: account.domain },
    { label: t('field.industry'), value: account.industry },
    { label: t('field.segment'), value: account.segment },
    { label: t('field.region'), value: account.region },
    { label: t('field.country'), value: account.country },
    { label: t('field.employees'), value: account.employees === null ? null : app.format.number(account.employees) },
    { label: t('field.annualRevenue'), value: moneyText(app, account.annualRevenue) },
    { label: t('field.foundedYear'), value: account.foundedYear },
    { label: t('field.parent'), value: recordLink(app, 'account', account.parent) },
    { label: t('field.owner'), value: account.owner?.name },
    { label: t('field.team'), value: account.team?.name },
    ...customFacts(app, references.custom, account.custom, references.people),
  ];
}

/** The inputs of a contact. */
export function contactFields(app: App, references: References, contact: Contact | null): Field[] {
  const account: Field = {
    name: 'accountId',
    label: t('field.account'),
    kind: 'lookup',
    find: finder(app, 'accounts'),
  };
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true, maxLength: 200 },
    { name: 'title', label: t('field.title'), kind: 'text', maxLength: 100 },
    ...reachFields(app),
    ...(can(app.me, 'account.read') ? [account] : []),
    ownerField(app.me, references.people, contact?.owner),
    ...customInputs(app, references, contact?.custom),
  ];
}

/** A contact as the values of its inputs. */
export const contactValues = (contact: Contact): FormValues => ({
  ...contact,
  accountId: contact.account,
  ownerId: contact.owner?.id ?? null,
  ...customInputValues(contact.custom),
});

/** All that is known of a contact. */
export function contactFacts(app: App, references: References, contact: Contact): Fact[] {
  return [
    { label: t('field.title'), value: contact.title },
    { label: t('field.account'), value: recordLink(app, 'account', contact.account) },
    ...reachFacts(app, contact),
    { label: t('field.owner'), value: contact.owner?.name },
    { label: t('field.team'), value: contact.team?.name },
    ...customFacts(app, references.custom, contact.custom, references.people),
  ];
}
