import { describe, expect, it } from 'vitest';
import { bodyOf, changesBetween, type Field, readForm, withoutEmpty } from '../../../widgets/console/parts/fields.ts';

const fields: Field[] = [
  { name: 'name', label: 'Name', kind: 'text' },
  { name: 'value', label: 'Value', kind: 'money', currency: 'EUR' },
  { name: 'probability', label: 'Probability', kind: 'percent' },
  { name: 'accountId', label: 'Account', kind: 'lookup' },
  { name: 'isKey', label: 'Key', kind: 'checkbox' },
  { name: 'password', label: 'Password', kind: 'password' },
  { name: 'custom.sites', label: 'Sites', kind: 'number' },
  { name: 'custom.ready', label: 'Ready', kind: 'checkbox' },
];

function form(entries: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.set(name, value);
  return data;
}

describe('readForm', () => {
  it('gives every kind of input the shape of the wire', () => {
    const data = form({
      name: '  Ada ',
      value: '1234.50',
      probability: '35',
      accountId: 'a1',
      isKey: 'on',
      'custom.sites': '3',
    });
    expect(readForm(data, fields, {})).toEqual({
      name: 'Ada',
      value: { amount: '1234.50', currency: 'EUR' },
      probability: 0.35,
      accountId: 'a1',
      isKey: true,
      password: null,
      custom: { sites: 3, ready: false },
    });
  });

  it('makes empty inputs null and keeps the currency a record has', () => {
    expect(readForm(form({ value: '' }), fields, {})).toMatchObject({ name: null, value: null, probability: null });
    const dollars = { value: { amount: '1', currency: 'USD' } };
    expect(readForm(form({ value: '2' }), fields, dollars).value).toEqual({ amount: '2', currency: 'USD' });
  });

  it('leaves the spaces of a password alone', () => {
    expect(readForm(form({ password: ' secret ' }), fields, {}).password).toBe(' secret ');
  });
});

describe('inputs of several values', () => {
  const several: Field[] = [
    { name: 'origins', label: 'Origins', kind: 'lines' },
    { name: 'components', label: 'Components', kind: 'checks' },
    { name: 'mapping', label: 'Mapping', kind: 'control' },
  ];
  const values = { origins: ['https://a', 'https://b'], components: ['x', 'y'], mapping: [{ value: 'sales' }] };

  it('are lists on the wire, empty ones too', () => {
    const data = form({ origins: ' https://a\n\nhttps://b, https://c ', mapping: '[]' });
    data.append('components', 'x');
    expect(readForm(data, several, {})).toEqual({
      origins: ['https://a', 'https://b', 'https://c'],
      components: ['x'],
      mapping: [],
    });
    expect(readForm(form({}), several, {})).toEqual({ origins: [], components: [], mapping: null });
  });

  it('are unchanged as long as nobody touches them', () => {
    expect(bodyOf(several, values)).toEqual(values);
  });
});

describe('changesBetween', () => {
  const record = {
    name: 'Ada',
    value: { amount: '1234.5000', currency: 'EUR' },
    probability: 0.35,
    accountId: { id: 'a1', name: 'Acme' },
    'custom.sites': 3,
    'custom.ready': null,
  };

  it('finds nothing in a form that was not touched', () => {
    const untouched = bodyOf(fields, record);
    expect(changesBetween(untouched, bodyOf(fields, record))).toEqual({});
    expect(untouched).toMatchObject({ accountId: 'a1', value: { amount: '1234.5', currency: 'EUR' } });
  });

  it('sends only what was changed, custom fields one by one', () => {
    const before = bodyOf(fields, record);
    const after = { ...before, name: null, custom: { sites: 4, ready: false } };
    expect(changesBetween(before, after)).toEqual({ name: null, custom: { sites: 4 } });
  });
});

describe('withoutEmpty', () => {
  it('leaves out what was left empty, but not what is false or zero', () => {
    const body = { name: 'x', value: null, isKey: false, custom: { sites: null } };
    expect(withoutEmpty(body)).toEqual({ name: 'x', isKey: false });
    expect(withoutEmpty({ custom: { sites: 0, note: null } })).toEqual({ custom: { sites: 0 } });
  });
});
