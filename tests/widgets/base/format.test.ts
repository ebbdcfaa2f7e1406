import { describe, expect, it } from 'vitest';
import { Format, nothing } from '../../../widgets/base/format.ts';
import { formatMeasure } from '../../../widgets/base/measure.ts';

const en = new Format('en-US', 'America/New_York');
const de = new Format('de-DE', 'Europe/Berlin');
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('format', () => {
  it('writes money as the locale does, cents only where they matter', () => {
    expect(en.money({ amount: '999.50', currency: 'EUR' })).toBe('€999.50');
    expect(plain(de.money({ amount: '1234567.89', currency: 'EUR' }))).toBe('1.234.568 €');
    expect(en.money({ amount: '1234567.89', currency: 'EUR' }, { compact: true })).toBe('€1.2M');
    expect(en.money({ amount: '1500', currency: 'JPY' })).toBe('¥1,500');
    const short = (format: Format, amount: string) =>
      plain(format.money({ amount, currency: 'EUR' }, { compact: true }));
    expect(short(en, '765931.40')).toBe('€765.9K');
    expect(['765931.40', '12.5', '1234567.89'].map((amount) => short(de, amount))).toEqual([
      '765.931 €',
      '12,5 €',
      '1,2 Mio. €',
    ]);
  });

  it('never takes a decimal string through a float', () => {
    expect(en.number('12345678901234.5678', { decimals: 4 })).toBe('12,345,678,901,234.5678');
  });

  it('writes nothing as a dash', () => {
    expect([en.money(null), en.number(null), en.percent(undefined), en.day(null), en.moment('')]).toEqual(
      Array.from({ length: 5 }, () => nothing),
    );
    expect(formatMeasure(en, { unit: 'ratio', currency: null }, null)).toBe(nothing);
  });

  it('shows a business day the same to every reader and a moment in their zone', () => {
    expect(en.day('2026-03-01')).toBe('Mar 1, 2026');
    expect(new Format('en-US', 'Pacific/Kiritimati').day('2026-03-01')).toBe('Mar 1, 2026');
    expect(plain(en.moment('2026-03-01T03:30:00Z'))).toBe('Feb 28, 2026, 10:30 PM');
    expect(de.moment('2026-03-01T03:30:00Z')).toBe('01.03.2026, 04:30');
  });

  it('writes each unit of a measure its own way', () => {
    const write = (unit: 'money' | 'count' | 'ratio' | 'days' | 'moneyPerDay', value: string) =>
      plain(formatMeasure(en, { unit, currency: unit.startsWith('money') ? 'EUR' : null }, value));
    expect(write('money', '12.00')).toBe('€12.00');
    expect(write('count', '1893')).toBe('1,893');
    expect(write('ratio', '0.342')).toBe('34.2%');
    expect(write('days', '41.5')).toBe('41.5 days');
    expect(write('moneyPerDay', '4300.52')).toBe('€4,301');
  });
});
