import { describe, expect, it } from 'vitest';
import { filtersOf, parseList } from '../../../widgets/base/filters.ts';

describe('list attributes', () => {
  it('splits at commas and trims', () => {
    expect(parseList('EMEA,  Americas ,')).toEqual(['EMEA', 'Americas']);
  });

  it('takes a JSON array where values have commas or are empty', () => {
    expect(parseList('["Korea, South", ""]')).toEqual(['Korea, South', '']);
  });

  it('takes a value that only looks like JSON as it is', () => {
    expect(parseList('[internal')).toEqual(['[internal']);
  });

  it.each([null, '', ' , '])('is not set for %j', (text) => {
    expect(parseList(text)).toBeUndefined();
  });

  it('keeps only the filters that are set', () => {
    expect(filtersOf({ region: ['EMEA'], team: [], owner: undefined })).toEqual({ region: ['EMEA'] });
  });
});
