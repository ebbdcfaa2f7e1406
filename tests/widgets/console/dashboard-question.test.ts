import { describe, expect, it } from 'vitest';
import { drillRow } from '../../../widgets/console/dashboard/drill-rows.ts';
import { questionOf } from '../../../widgets/console/dashboard/question.ts';

const ask = (query: string) => questionOf(new URLSearchParams(query));

describe('questionOf', () => {
  it('reads range, comparison and repeated filters from the address', () => {
    expect(ask('range=2026-01-01/2026-03-31&compare=year&region=EMEA&region=Asia,+Pacific')).toEqual({
      range: '2026-01-01/2026-03-31',
      compare: 'year',
      filters: { category: [], region: ['EMEA', 'Asia, Pacific'], team: [], source: [], segment: [] },
    });
  });

  it.each(['', 'range=next-week', 'range=2026-03-31/2026-01-01', 'range=2026-13-01/2026-14-01', 'compare=sideways'])(
    'falls back to the last twelve months against the period before for "%s"',
    (query) => {
      expect(ask(query)).toMatchObject({ range: 'last-12-months', compare: 'previous' });
    },
  );
});

describe('drillRow', () => {
  it('leads from a sale to the opportunity that booked it', () => {
    const sale = { id: 's1', product: { id: 'p', name: 'Sensor' }, soldOn: '2026-03-01', opportunityId: 'o1' };
    expect(drillRow('sale', sale)).toMatchObject({ name: 'Sensor', href: '/opportunities/o1', date: '2026-03-01' });
    expect(drillRow('sale', { ...sale, opportunityId: null }).href).toBeNull();
  });

  it('shows when an open opportunity is expected to close', () => {
    const row = drillRow('opportunity', { id: 'o1', name: 'Deal', closedOn: null, expectedCloseOn: '2026-05-01' });
    expect(row).toMatchObject({ href: '/opportunities/o1', date: '2026-05-01', amount: null });
  });
});
