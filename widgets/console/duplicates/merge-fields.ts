import type { Money, RecordType } from '../../../backend/contracts/common.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { App } from '../app.ts';
import { customText, moneyText } from '../records/facts.ts';
import { t } from '../text.ts';

/** A record as its own endpoint answers it. */
export type WireRecord = Readonly<Record<string, unknown>> & {
  id: string;
  name: string;
  custom: Readonly<Record<string, unknown>>;
};

const origin = ['source', 'segment', 'region', 'productCategory', 'campaign', 'owner'];
const fieldsOf: Readonly<Record<RecordType, readonly string[]>> = {
  lead: ['name', 'company', 'email', 'phone', 'value', ...origin],
  opportunity: [
    ...['name', 'account', 'contact', 'product', 'amount', 'probability', 'expectedCloseOn', 'nextStep'],
    ...origin,
  ],
  account: [
    ...['name', 'domain', 'industry', 'segment', 'region', 'country'],
    ...['employees', 'annualRevenue', 'foundedYear', 'parent', 'owner'],
  ],
  contact: ['name', 'email', 'phone', 'title', 'account', 'owner'],
};

/** A field in which records differ: what each of them has, as text; empty where it has nothing. */
export interface Difference {
  /** as the merge names it */
  field: string;
  label: string;
  /** by record id */
  texts: ReadonlyMap<string, string>;
}

function textOf(app: App, field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field === 'probability') return app.format.percent(value as number);
  if (field === 'expectedCloseOn') return app.format.day(String(value));
  if (typeof value === 'number') return app.format.number(value);
  if (typeof value === 'object' && 'amount' in value) return moneyText(app, value as Money) ?? '';
  if (typeof value === 'object' && 'name' in value) return String(value.name);
  return String(value);
}

/** The fields in which these records say different things, in the order of their pages. */
export function differences(
  app: App,
  entity: RecordType,
  custom: readonly CustomField[],
  records: readonly WireRecord[],
): Difference[] {
  const own = fieldsOf[entity].map((field) => ({
    field,
    label: t(`field.${field}`),
    texts: new Map(records.map((record) => [record.id, textOf(app, field, record[field])])),
  }));
  const others = custom.map((definition) => ({
    field: `custom.${definition.key}`,
    label: definition.label,
    texts: new Map(
      records.map((record) => [record.id, customText(app, definition.type, record.custom[definition.key]) ?? '']),
    ),
  }));
  return [...own, ...others].filter(({ texts }) => new Set(texts.values()).size > 1);
}
