import { html, type TemplateResult } from 'lit';
import type { Money, Named } from '../../../backend/contracts/common.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import { type App, can } from '../app.ts';
import { t } from '../text.ts';

/** A label with its value; null shows as a dash. */
export interface Fact {
  label: string;
  value: unknown;
}

/** The facts of a record, two columns where there is room. */
export function factList(facts: readonly Fact[]): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value === null || value === undefined || value === '' ? t('value.none') : value}</dd></div>`)}
  </dl>`;
}

/** Custom values with their labels, written as the reader's locale does. */
export function customFacts(
  app: App,
  custom: readonly CustomField[],
  values: Readonly<Record<string, unknown>>,
  people: readonly Named[] = [],
): Fact[] {
  return custom.map(({ key, label, type }) => ({ label, value: customView(app, type, values[key], people) }));
}

/** A custom value as a reader's locale writes it; null where there is none. */
export function customText(
  app: App,
  type: CustomField['type'],
  value: unknown,
  people: readonly Named[] = [],
): string | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'boolean':
      return t(value ? 'record.yes' : 'record.no');
    case 'date':
      return app.format.day(String(value));
    case 'date-time':
      return app.format.moment(String(value));
    case 'number':
      return app.format.number(value as number);
    case 'money':
      return moneyText(app, value as Money);
    case 'user':
      return people.find(({ id }) => id === value)?.name ?? t('record.otherPerson');
    default:
      return Array.isArray(value) ? value.join(', ') : String(value);
  }
}

/** The same with what one can do with it: follow, write, call. */
function customView(app: App, type: CustomField['type'], value: unknown, people: readonly Named[]): unknown {
  const text = customText(app, type, value, people);
  if (text === null) return null;
  switch (type) {
    case 'url':
      return html`<a href=${text} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
    case 'email':
      return mailLink(text);
    case 'phone':
      return phoneLink(text);
    case 'long-text':
      return html`<span class="prewrap">${text}</span>`;
    default:
      return text;
  }
}

const pages = { account: 'accounts', contact: 'contacts', lead: 'leads', opportunity: 'opportunities' } as const;

/** Address of a record's page. */
export const recordHref = (type: keyof typeof pages, id: string): string => `/${pages[type]}/${encodeURIComponent(id)}`;

/** A record's name, with a link for who may open it. */
export function recordLink(app: App, type: keyof typeof pages, named: Named | null): unknown {
  if (!named) return null;
  return can(app.me, `${type}.read`) ? html`<a href=${recordHref(type, named.id)}>${named.name}</a>` : named.name;
}

/** An e-mail address one can write to. */
export const mailLink = (address: string | null): unknown =>
  address ? html`<a href="mailto:${address}">${address}</a>` : null;

/** A number one can call. */
export const phoneLink = (number: string | null): unknown =>
  number ? html`<a href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>` : null;

/** Money to the cent where there are cents, or null so that a dash stands there. */
export function moneyText(app: App, money: Money | null): string | null {
  if (!money) return null;
  return app.format.money(money, /\.\d*[1-9]/.test(money.amount) ? { decimals: 2 } : {});
}
