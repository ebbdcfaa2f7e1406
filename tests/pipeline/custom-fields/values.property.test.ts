import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../../backend/contracts/fields.ts';
import { convertValue, UNFIT } from '../../../backend/pipeline/custom-fields/convert-value.ts';
import { type CustomValue, readValue } from '../../../backend/pipeline/custom-fields/read-value.ts';
import { fc } from '../../support/fast-check.ts';

const OPTIONS = ['Red', 'Green', 'Deep blue'];
const people = new Map(
  ['Ann', 'Bob'].map((name, place) => {
    const id = `01890000-0000-7000-8000-00000000000${place}`;
    return [id, { id, name, email: `${name}@example.com` }];
  }),
);
const context = { people, currency: 'EUR', timeZone: 'America/New_York', renamed: {} };
const field = (type: FieldType) => ({
  key: 'f',
  type,
  options: type === 'choice' || type === 'multi-choice' ? OPTIONS : [],
});

const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
const inputs: Record<FieldType, fc.Arbitrary<unknown>> = {
  text: fc.oneof(line, fc.integer().map(String)),
  'long-text': fc.oneof(line, fc.string({ maxLength: 200 })),
  number: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })),
  money: fc.record({
    amount: fc.integer({ min: -9_999_999, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
    currency: fc.constantFrom('EUR', 'USD'),
  }),
  date: days.map((day) => day.toISOString().slice(0, 10)),
  'date-time': days.map((day) => day.toISOString()),
  boolean: fc.boolean(),
  choice: fc.constantFrom(...OPTIONS),
  'multi-choice': fc.subarray(OPTIONS),
  url: fc.webUrl(),
  email: fc.emailAddress(),
  phone: fc.stringMatching(/^\+[0-9]{3,14}$/),
  user: fc.constantFrom(...people.keys()),
};
const types = Object.keys(inputs) as FieldType[];
const typeAndValue = fc
  .constantFrom(...types)
  .chain((type) => inputs[type].map((input): [FieldType, unknown] => [type, input]));

const stored = (type: FieldType, input: unknown): CustomValue | undefined => {
  const read = readValue(field(type), input);
  return 'problem' in read ? undefined : read.value;
};

describe('values of custom fields', () => {
  it('are in their stored form once read: reading them again changes nothing', () => {
    fc.assert(
      fc.property(typeAndValue, ([type, input]) => {
        const value = stored(type, input);
        if (value !== undefined) expect(stored(type, value)).toEqual(value);
      }),
    );
  });

  it('of any other kind are refused with a sentence, never with an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, input) => {
        const read = readValue(field(type), input);
        if ('problem' in read) expect(read.problem).toMatch(/^\w/);
        else expect(stored(type, read.value)).toEqual(read.value);
      }),
    );
  });

  it('fit the type they are converted to, or are said not to', () => {
    fc.assert(
      fc.property(typeAndValue, fc.constantFrom(...types), ([from, input], to) => {
        const value = stored(from, input);
        if (value === undefined || value === null) return;
        const after = convertValue(field(from), field(to), value, context);
        if (after !== UNFIT) expect(stored(to, after)).toEqual(after);
      }),
    );
  });

  it('come back as they were when a conversion into text is taken back', () => {
    const reversible = types.filter((type) => !['long-text', 'text', 'number'].includes(type));
    fc.assert(
      fc.property(
        fc
          .constantFrom(...reversible)
          .chain((type) => inputs[type].map((input): [FieldType, unknown] => [type, input])),
        ([type, input]) => {
          const value = stored(type, input);
          if (value === undefined || value === null) return;
          const text = convertValue(field(type), field('long-text'), value, context);
          expect(text).not.toBe(UNFIT);
          expect(convertValue(field('long-text'), field(type), text as CustomValue, context)).toEqual(value);
        },
      ),
    );
  });

  it.each([
    ['money', { amount: '12.00', currency: 'USD' }, 'number', UNFIT],
    ['money', { amount: '12.00', currency: 'EUR' }, 'number', 12],
    ['text', '007', 'number', UNFIT],
    ['text', '1e5', 'number', UNFIT],
    ['date', '2026-07-01', 'date-time', '2026-07-01T04:00:00.000Z'],
    ['date-time', '2026-07-01T04:00:00.000Z', 'date', '2026-07-01'],
    ['date-time', '2026-07-01T04:30:00.000Z', 'date', UNFIT],
    ['multi-choice', ['Red', 'Green'], 'choice', UNFIT],
    ['multi-choice', ['Red'], 'choice', 'Red'],
    ['text', 'red; deep blue', 'multi-choice', ['Red', 'Deep blue']],
    ['text', 'ann@EXAMPLE.com', 'user', [...people.keys()][0]],
    ['text', 'Nobody', 'user', UNFIT],
    ['long-text', 'two\nlines', 'text', UNFIT],
    ['text', 'Yes', 'boolean', true],
    ['text', 'perhaps', 'boolean', UNFIT],
  ] as const)('%s %j as %s', (from, value, to, expected) => {
    expect(convertValue(field(from), field(to), value as CustomValue, context)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://user:secret@example.com',
    'http://',
    'no address',
  ])('a web address is none of: %s', (url) => {
    expect(readValue(field('url'), url)).toHaveProperty('problem');
  });
});
