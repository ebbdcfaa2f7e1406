import { expect, it } from 'vitest';
import { shortened } from '../../../../widgets/elements/chart/shortened.ts';

it('leaves out the end of a name that does not fit, and says so', () => {
  expect(shortened('North', 130)).toBe('North');
  expect(shortened('West, far away beyond the mountains', 130)).toBe('West, far away beyo…');
  expect(shortened('Far  away', 30)).toBe('Far…');
});
