import { fc } from '../../support/fast-check.ts';

/** A JSON Schema 2020-12, as far as the API's document uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
}

/** Stands for the id of a record that exists; which one is decided when the request is sent. */
export const ID_MARK = /@id:(\w*):(\d+)@/g;
const knownId = (name: string): fc.Arbitrary<string> => {
  const place = fc.nat({ max: 99 });
  return fc.oneof(
    { weight: 8, arbitrary: place.map((n) => `@id:${name}:${n}@`) },
    { weight: 1, arbitrary: place.map((n) => `@id::${n}@`) },
    { weight: 1, arbitrary: fc.uuid() },
  );
};

/** Text that has hurt other programs. */
export const nastyText = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202e\u0000\uffff',
  '😀'.repeat(40),
  'ß'.repeat(300),
  'x'.repeat(5000),
  "'; drop table lead; --",
  "' or '1'='1",
  '$1',
  '%',
  '\\',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'NaN',
  '-0',
  '1e400',
  '9'.repeat(40),
  'null',
  'infinity',
  '0000-00-00',
  '2026-02-30',
  '0001-01-01',
  '9999-12-31',
  '+275760-09-13T00:00:00.000Z',
);

/** A value of the wrong kind. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 31, 2 ** 53 + 2, -(2 ** 63), 1e308, 5e-324),
  fc.constantFrom<unknown>([], {}, [[[[]]]], { $ne: null }, { $gt: '' }, ['a', 'b'], { length: 1 }, [null]),
  fc.jsonValue({ maxDepth: 2 }),
);

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const formats: Record<string, fc.Arbitrary<string>> = {
  date: fc.oneof(
    day.map((date) => date.toISOString().slice(0, 10)),
    fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29'),
  ),
  'date-time': day.map((date) => date.toISOString()),
  email: fc.oneof(fc.constantFrom('rep@example.com', 'admin@example.com', 'new@example.com'), fc.emailAddress()),
  uri: fc.constantFrom('https://login.example.com', 'http://127.0.0.1:9/', 'https://[::1]:9/x?y#z'),
};

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 60 });
  } catch {
    // Patterns that look around can't be turned into text: what comes is then mostly refused.
    return nastyText;
  }
}

/** Values that mean something, by what they are called where they stand. */
const meaningful: Record<string, fc.Arbitrary<string>> = {
  currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY', 'ZZZ'),
  from: fc.constantFrom('2025-12-31', '2026-01-01', '2026-03-02'),
  to: fc.constantFrom('2026-03-02', '2026-12-31', '2027-01-01'),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC', 'Mars/Olympus'),
  amount: fc.oneof(
    fc.nat({ max: 100_000 }).map((cents) => (cents / 100).toFixed(2)),
    fc.constantFrom('-1', '0', '99999999999999.9999', '0.0001'),
  ),
  password: fc.constantFrom(
    'correct horse battery staple',
    'pelican under 7 tall Ladders',
    'aaaaaaaaaaaa',
    'password1234',
  ),
};

function textOf({ format, pattern, minLength = 0, maxLength = 10_000 }: Schema, name: string): fc.Arbitrary<string> {
  if (format === 'uuid') return knownId(name);
  const known = meaningful[name] ?? (format ? formats[format] : undefined);
  if (known) return known;
  if (pattern) return matching(pattern);
  const most = Math.min(maxLength, minLength + 30);
  return fc.oneof(
    { weight: 12, arbitrary: fc.lorem({ maxCount: 3 }) },
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: most }) },
    { weight: 1, arbitrary: nastyText },
  );
}

/**
 * Values that fit a schema (by what JSON Schema can say: the server may still refuse some). `name` is what the
 * value is called where it stands: ids are mostly those of such records.
 */
export function valuesOf(schema: Schema, find: (ref: string) => Schema, name = ''): fc.Arbitrary<unknown> {
  const { $ref, enum: choices, anyOf, oneOf, allOf, type } = schema;
  const of = (inner: Schema, inside = name) => valuesOf(inner, find, inside);
  if ($ref) return of(find($ref));
  if ('const' in schema) return fc.constant(schema.const);
  if (choices) return fc.constantFrom(...choices);
  const alternatives = anyOf ?? oneOf ?? allOf;
  if (alternatives) return fc.oneof(...alternatives.map((one) => of(one)));
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => of({ ...schema, type: one })));
  const { minimum: min = -1_000_000, maximum: max = 1_000_000 } = schema;
  switch (type) {
    case 'string':
      return textOf(schema, name);
    case 'integer':
      return fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min, max, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(of(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object':
      return objectOf(schema, of);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Keys of what has no fixed fields: permissions, columns of a file. */
const dictionaryKey = fc.constantFrom('lead.read', 'lead.write', 'analytics.read', 'user.manage', 'Name', 'Source');

function objectOf(schema: Schema, of: (inner: Schema, name?: string) => fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties } = schema;
  // Few of the fields that may be left out: each is one more way to be refused before anything happens.
  const fields = Object.entries(properties).map(([key, inner]) => {
    const value = of(inner, key).map((drawn) => [[key, drawn]] as const);
    return required.includes(key)
      ? value
      : fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: value });
  });
  const named = fc.tuple(...fields).map((drawn) => Object.fromEntries(drawn.flat()) as object);
  if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return named;
  const key = fc.oneof({ weight: 5, arbitrary: dictionaryKey }, fc.string({ maxLength: 20 }), nastyText);
  const more = fc.dictionary(key, of(additionalProperties), { maxKeys: 2 });
  return fc.tuple(more, named).map(([first, second]) => ({ ...first, ...second }));
}
