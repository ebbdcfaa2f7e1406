import { describe, expect, it } from 'vitest';
import { type Messages, translate } from '../../../widgets/base/i18n.ts';
import { baseMessages } from '../../../widgets/base/messages.ts';
import { chartMessages } from '../../../widgets/elements/chart/chart.messages.ts';
import { kpisMessages } from '../../../widgets/elements/kpis/kpis.messages.ts';

const own: Messages = {
  en: { 'card.one': '{count} card', 'card.other': '{count} cards', hello: 'Hello {name}' },
  de: { hello: 'Hallo {name}' },
};

describe('translation', () => {
  it('looks in the region, the language, then English, and fills variables in', () => {
    expect(translate([own], 'de-AT', 'hello', { name: 'Ada' })).toBe('Hallo Ada');
    expect(translate([own], 'fr', 'hello', { name: 'Ada' })).toBe('Hello Ada');
  });

  it('picks the plural of the language', () => {
    expect([1, 2].map((count) => translate([own], 'en', 'card', { count }))).toEqual(['1 card', '2 cards']);
  });

  it("prefers the element's own text and shows an unknown key as it is", () => {
    expect(translate([{ en: { retry: 'Again' } }, baseMessages], 'en', 'retry')).toBe('Again');
    expect(translate([own], 'en', 'missing')).toBe('missing');
  });

  it.each([
    ['base', baseMessages],
    ['kpis', kpisMessages],
    ['chart', chartMessages],
  ])('%s speaks German as completely as English, with the same variables', (_name, { en, de = {} }) => {
    const variables = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en)) expect([key, variables(de[key])]).toEqual([key, variables(en[key])]);
  });
});
