import { describe, expect, it } from 'vitest';
import type { DashboardSelection } from '../../../../backend/contracts/dashboards.ts';
import { onlyIn, queryFor, selectionIn } from '../../../../widgets/console/dashboard/question.ts';

const opens: DashboardSelection = { range: 'this-year', compare: 'year', filters: { region: ['EMEA'] } };
const ask = (query: string) => selectionIn(new URLSearchParams(query), opens);

describe('the address of a dashboard', () => {
  it('says range, comparison and repeated filters, also of custom fields', () => {
    expect(ask('range=2026-01-01/2026-03-31&compare=none&region=A&region=B,+C&custom.lead.size=big')).toEqual({
      range: '2026-01-01/2026-03-31',
      compare: 'none',
      filters: { region: ['A', 'B, C'], 'custom.lead.size': ['big'] },
    });
  });

  it.each(['', 'range=next-week', 'range=2026-03-31/2026-01-01', 'compare=sideways', 'custom.user.x=1'])(
    'leaves the dashboard as it opens for "%s"',
    (query) => {
      expect(ask(query)).toEqual(opens);
    },
  );

  it.each([
    { range: 'last-month', compare: 'none', filters: { region: ['Asia'], owner: ['me', ''] } },
    { ...opens, filters: {} },
    { ...opens, range: '2026-01-01/2026-01-31' },
  ] as const)('is read back as it was written: %o', (selection) => {
    const query = queryFor(structuredClone(selection) as Parameters<typeof queryFor>[0], opens);
    expect(selectionIn(query, opens)).toEqual(selection);
  });

  it('says what was chosen in charts, apart from the filters', () => {
    const only = [
      { dimension: 'region', values: [''], label: 'Not set' },
      { dimension: 'period', range: { from: '2026-02-01', to: '2026-02-28' }, label: 'Feb 2026' },
    ] as const;
    const query = queryFor(opens, opens, structuredClone(only) as unknown as Parameters<typeof queryFor>[2]);
    expect(selectionIn(query, opens)).toEqual(opens);
    expect(onlyIn(query)).toEqual(only.map((one) => ({ ...one, label: '' })));
    expect(onlyIn(new URLSearchParams('only.period=soon&only.user=x&only.custom.lead.size=big'))).toEqual([
      { dimension: 'custom.lead.size', values: ['big'], label: '' },
    ]);
  });

  it('says nothing of what the dashboard opens with', () => {
    expect(queryFor(opens, opens).toString()).toBe('');
  });
});
