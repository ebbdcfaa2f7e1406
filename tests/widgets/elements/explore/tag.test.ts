import { describe, expect, it } from 'vitest';
import { parseList } from '../../../../widgets/base/filters.ts';
import { readState } from '../../../../widgets/elements/explore/explore-state.ts';
import { chartTag } from '../../../../widgets/elements/explore/tag.ts';

const tagOf = (query: string) => chartTag(readState(query));
const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const attribute = (tag: string, name: string) => unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

describe('the tag of a question', () => {
  it('says all that differs from an empty tag', () => {
    expect(
      tagOf('metrics=revenue&by=region&time=true&type=bar&stacking=percent&limit=5&transform=movingAverage&window=6'),
    ).toBe(
      '<salespulse-chart metrics="revenue" by="region" over-time type="bar" stacking="percent" limit="5" others transform="movingAverage" window="6" range="last-12-months"></salespulse-chart>',
    );
    expect(tagOf('metrics=revenue&type=line&grain=week')).toBe(
      '<salespulse-chart metrics="revenue" grain="week" type="line" range="last-12-months"></salespulse-chart>',
    );
  });

  it('says what is compared', () => {
    expect(attribute(tagOf('compare=year'), 'compare')).toBe('year');
    expect(tagOf('')).not.toContain('compare');
  });

  it('carries any value through an attribute', () => {
    const values = ['Bits, "Bytes" & <more>', '', '[x', ' y'];
    const query = new URLSearchParams(values.map((value) => ['category', value]));
    const tag = tagOf(query.toString());
    expect(tag.match(/"/g)?.length).toBe(8);
    expect(tag).not.toMatch(/<more>/);
    expect(parseList(attribute(tag, 'category'))).toEqual(values);
  });

  it('carries filters by custom fields as JSON', () => {
    const query = new URLSearchParams({ 'custom.lead.industry': 'Oil & "Gas"', region: 'DACH' });
    const tag = tagOf(query.toString());
    expect(attribute(tag, 'region')).toBe('DACH');
    expect(JSON.parse(attribute(tag, 'filters'))).toEqual({ 'custom.lead.industry': ['Oil & "Gas"'] });
  });
});
