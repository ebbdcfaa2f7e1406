import { describe, expect, it } from 'vitest';
import { csvCell } from '../../backend/csv/index.ts';
import { nameKey } from '../../backend/imports/name-key.ts';
import { readRecords } from '../../backend/imports/reading/records.ts';
import { ColumnEvidence, decideStyles } from '../../backend/imports/values/column-evidence.ts';
import { type DateOrder, parseDay, parseMoment } from '../../backend/imports/values/parse-date.ts';
import { type DecimalSign, parseDecimal, parseMoney } from '../../backend/imports/values/parse-number.ts';
import { fc } from '../support/fast-check.ts';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function written(day: string, order: DateOrder | 'iso' | 'dots'): string {
  const [year, month, date] = day.split('-').map(Number);
  switch (order) {
    case 'dmy':
      return `${date}/${month}/${year}`;
    case 'mdy':
      return `${month}/${date}/${year}`;
    case 'dots':
      return `${date}.${month}.${year}`;
    default:
      return day;
  }
}

describe('dates', () => {
  it('come back from every way of writing them', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('iso', 'dots', 'dmy', 'mdy'), (day, way) => {
        const order = way === 'mdy' ? 'mdy' : 'dmy';
        expect(parseDay(written(day, way), order)).toBe(day);
        expect(parseDay(`${written(day, way)} 09:30`, order)).toBe(day);
        expect(parseMoment(`${written(day, way)}T23:59:59+02:00`, order)).toBe(`${day}T23:59:59+02:00`);
      }),
    );
  });

  it.each([
    ['31.04.2026', null],
    ['29.02.2024', '2024-02-29'],
    ['29.02.2023', null],
    ['1/2/26', '2026-02-01'],
    ['5 Jan 2024', '2024-01-05'],
    ['March 3rd, 2024', '2024-03-03'],
    ['3. März 2024', '2024-03-03'],
    ['2024-01-05T25:00', null],
    ['20240105', null],
    ['0000-00-00', null],
  ])('reads %s', (text, day) => expect(parseDay(text, 'dmy')).toBe(day));

  it('are read in the order that the column itself shows', () => {
    fc.assert(
      fc.property(fc.array(days, { minLength: 1 }), fc.constantFrom<DateOrder>('dmy', 'mdy'), (column, order) => {
        const evidence = new ColumnEvidence();
        for (const day of column) evidence.add(written(day, order));
        const [style] = decideStyles([evidence]);
        const isDecided = style?.dates === 'dmy' || style?.dates === 'mdy';
        if (isDecided) expect(style?.dates).toBe(order);
        else if (style?.dates === 'none')
          for (const day of column) expect(parseDay(written(day, order), 'dmy')).toBe(day);
        else expect(style?.unclearExample).not.toBeNull();
      }),
    );
  });
});

const cents = fc.integer({ min: -999_999_999_99, max: 999_999_999_99 });
const plain = (amount: number): string => (amount / 100).toFixed(2);

describe('numbers', () => {
  it('come back from every way of writing them', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('en', 'de', 'fr', 'de-CH'), (amount, locale) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(amount / 100);
        const sign: DecimalSign = locale === 'de' || locale === 'fr' ? 'comma' : 'point';
        expect(Number(parseDecimal(text, sign))).toBe(amount / 100);
      }),
    );
  });

  it('keep their amount with any currency sign and accountants’ parentheses', () => {
    fc.assert(
      fc.property(
        fc.nat(999_999_999),
        fc.constantFrom('EUR', 'GBP', 'USD', 'JPY'),
        fc.constantFrom('en', 'de'),
        (amount, currency, locale) => {
          const text = new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            minimumFractionDigits: 2,
            maximumFractionDigits: 2,
          }).format(amount / 100);
          const sign: DecimalSign = locale === 'de' ? 'comma' : 'point';
          expect(parseMoney(text, sign)).toEqual({
            amount: plain(amount),
            currency: currency === 'USD' ? null : currency,
          });
          expect(parseMoney(`(${text})`, sign)?.amount).toBe(`-${plain(amount)}`);
        },
      ),
    );
  });

  it('are either a number of PostgreSQL or refused, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[-+(]?[\d.,' ]{0,12}[)%]?$/)),
        fc.constantFrom<DecimalSign>('point', 'comma'),
        (text, sign) => {
          const number = parseDecimal(text, sign);
          if (number !== null) expect(number).toMatch(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/);
        },
      ),
    );
  });

  it.each([
    ['1.234', 'point', '1.234'],
    ['1.234', 'comma', '1234'],
    ['1,23,456.7', 'point', '123456.7'],
    ['12,34', 'point', null],
    ['5-', 'point', '-5'],
    ['1.5E+03', 'point', '1.5E+03'],
    ['.5', 'point', '0.5'],
    ['-', 'point', null],
    ['1 2', 'point', null],
  ] as const)('reads %s with a decimal %s', (text, sign, number) => expect(parseDecimal(text, sign)).toBe(number));
});

describe('records', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '😀', '"', ',', ';', '\n', '\r\n', "'", '=', ' ') });

  it('come back from quoted text, cut anywhere, with their line numbers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
          const bytes = Buffer.from(`${quoted.join('\r\n')}\r\n`);
          async function* pieces() {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          }
          const found = [];
          for await (const group of readRecords(pieces(), ',')) found.push(...group);
          expect(found.map(({ cells }) => cells)).toEqual(rows);
          let line = 1;
          for (const [index, text] of quoted.entries()) {
            expect(found[index]?.line).toBe(line);
            line += text.split(/\r\n|\r|\n/).length;
          }
        },
      ),
    );
  });
});

describe('the list of refused rows', () => {
  it('never begins a cell as a formula does, except for plain numbers', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = csvCell(text).replace(/^"/, '');
        expect(/^[=+\-@\t\r]/.test(written) && !/^[-+]?\d[\d.,]*%?"?$/.test(written)).toBe(false);
      }),
    );
  });
});

describe('names', () => {
  it('are equal whatever their case, spaces and signs', () => {
    expect(nameKey('GTXPro')).toBe(nameKey('GTX Pro'));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöü][a-zäöü0-9]{0,20}$/), fc.nat(20), (name, at) => {
        const spaced = `${name.slice(0, at)} -. ${name.slice(at)}`;
        expect(nameKey(spaced.toUpperCase())).toBe(nameKey(name));
      }),
    );
  });
});
