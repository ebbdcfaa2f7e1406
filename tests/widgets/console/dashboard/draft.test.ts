import { describe, expect, it } from 'vitest';
import type { Panel } from '../../../../backend/contracts/dashboards.ts';
import { panelSchema } from '../../../../backend/contracts/dashboards.ts';
import { freeId, isChanged, moved, withoutPanel, withPanel } from '../../../../widgets/console/dashboard/edit/draft.ts';
import {
  panelFields,
  panelFrom,
  panelKinds,
  panelValues,
} from '../../../../widgets/console/dashboard/edit/panel-fields.ts';
import { bodyOf } from '../../../../widgets/console/parts/fields.ts';

const panel = (id: string): Panel => ({ id, title: null, width: 6, height: 'medium', kind: 'tasks' });
const panels = ['a', 'b', 'c'].map(panel);
const ids = (list: readonly Panel[]) => list.map(({ id }) => id).join('');

describe('panels of a dashboard that is edited', () => {
  it.each([
    ['a', 1, 'bac'],
    ['a', 2, 'bca'],
    ['c', 0, 'cab'],
    ['c', -1, 'cab'],
    ['b', 9, 'acb'],
    ['x', 0, 'abc'],
  ])('%s moved to %d gives %s', (id, place, order) => {
    expect(ids(moved(panels, id, place))).toBe(order);
  });

  it('changes a panel in its place, adds a new one at the end, takes one away', () => {
    expect(withPanel(panels, { ...panel('b'), width: 12 })[1]).toMatchObject({ id: 'b', width: 12 });
    expect(ids(withPanel(panels, panel('d')))).toBe('abcd');
    expect(ids(withoutPanel(panels, 'b'))).toBe('ac');
  });

  it('gives ids that are free', () => {
    expect(freeId([panel('chart-1'), panel('chart-3')], 'chart')).toBe('chart-2');
  });

  it('knows whether anything would change', () => {
    expect(isChanged(panels, moved(panels, 'a', 0))).toBe(false);
    expect(isChanged(panels, moved(panels, 'a', 1))).toBe(true);
  });

  it.each(panelKinds)('makes a %s panel that the server takes of the untouched form', (kind) => {
    const fields = panelFields(kind, { metrics: [], custom: [] });
    const made = panelFrom(kind, 'p-1', null, bodyOf(fields, panelValues(null)));
    expect(panelSchema.parse(made)).toMatchObject({ kind, title: null });
  });

  it('keeps what a chart shows when only its title changes', () => {
    const before = panelSchema.parse({
      id: 'c',
      kind: 'chart',
      width: 8,
      chart: { metrics: ['units'], by: 'custom.lead.size', type: 'area', limit: 5, withOthers: false },
    });
    const fields = panelFields('chart', { metrics: [], custom: [{ id: 'custom.lead.size', label: 'Size' }] });
    const made = panelFrom('chart', 'c', before, { ...bodyOf(fields, panelValues(before)), title: 'New' });
    expect(panelSchema.parse(made)).toEqual({ ...before, title: 'New' });
  });
});
