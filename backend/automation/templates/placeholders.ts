/** What a template can hold the place of. */
export interface Placeholder {
  name: string;
  label: string;
}

export const placeholders: readonly Placeholder[] = [
  { name: 'contact.name', label: 'Name of the person it is about' },
  { name: 'record.name', label: 'Name of the lead or opportunity' },
  { name: 'record.company', label: 'Company' },
  { name: 'record.value', label: 'Value or amount' },
  { name: 'record.stage', label: 'Stage' },
  { name: 'record.nextStep', label: 'Next step' },
  { name: 'record.expectedCloseOn', label: 'Expected close' },
  { name: 'record.source', label: 'Source' },
  { name: 'record.segment', label: 'Segment' },
  { name: 'record.region', label: 'Region' },
  { name: 'record.productCategory', label: 'Product category' },
  { name: 'record.campaign', label: 'Campaign' },
  { name: 'owner.name', label: 'Name of the owner' },
  { name: 'owner.email', label: 'E-mail address of the owner' },
  { name: 'today', label: 'Today’s date' },
];

const known = new Set(placeholders.map(({ name }) => name));
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const CUSTOM = /^custom\.[a-z][a-z0-9_]{0,59}$/;

/** `{{name}}` or `{{name|what stands there when it is empty}}`. */
const parse = (inner: string): { name: string; fallback: string } => {
  const [name = '', ...rest] = inner.split('|');
  return { name: name.trim(), fallback: rest.join('|').trim() };
};

/** Placeholders of the text that nothing stands behind, as they were written. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(([written, inner = '']) => ({ written, ...parse(inner) }))
    .filter(({ name }) => !known.has(name) && !CUSTOM.test(name))
    .map(({ written }) => written);
}

/** The text with its placeholders filled in; what has no value becomes its fallback, else nothing. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (_written, inner: string) => {
    const { name, fallback } = parse(inner);
    return values.get(name) || fallback;
  });
}

/** What the placeholders stand for with one record. */
export interface LetterFacts {
  record: Readonly<Record<string, unknown>>;
  contactName: string | null;
  owner: { name: string; email: string | null } | null;
  today: string;
}

export function placeholderValues({ record, contactName, owner, today }: LetterFacts): Map<string, string> {
  const custom = (record.custom ?? {}) as Readonly<Record<string, unknown>>;
  const entries: [string, unknown][] = [
    ['contact.name', contactName],
    ['record.name', record.name],
    ['record.company', record.company ?? record.account],
    ['record.value', record.value ?? record.amount],
    ['record.stage', record.stage],
    ...['nextStep', 'expectedCloseOn', 'source', 'segment', 'region', 'productCategory', 'campaign'].map(
      (field): [string, unknown] => [`record.${field}`, record[field]],
    ),
    ['owner.name', owner?.name],
    ['owner.email', owner?.email],
    ['today', today],
    ...Object.entries(custom).map(([key, value]): [string, unknown] => [`custom.${key}`, value]),
  ];
  return new Map(entries.map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(asText).join(', ');
  if (typeof value !== 'object') return String(value);
  const { name, amount, currency } = value as { name?: unknown; amount?: string; currency?: string };
  return amount === undefined ? asText(name) : `${amount} ${currency ?? ''}`.trim();
}
