import { describe, expect, it } from 'vitest';
import type { RecordsResponse } from '../../backend/contracts/analytics.ts';
import { dimensionSchema, grainSchema, metricIdSchema } from '../../backend/contracts/analytics.ts';
import { fieldLabel, fieldsInOrder } from '../../backend/exports/read/record-fields.ts';
import { textsOf } from '../../backend/exports/texts.ts';
import { chartMessages } from '../../widgets/elements/chart/chart.messages.ts';
import { drillMessages } from '../../widgets/elements/dashboard/drill/drill.messages.ts';
import { filtersMessages } from '../../widgets/elements/filters/filters.messages.ts';
import { pipelineMessages } from '../../widgets/elements/pipeline/pipeline.messages.ts';

const de = textsOf('de-AT');

/** What a dictionary of the elements says of these keys. */
const ofWidgets = (messages: { de: Readonly<Record<string, unknown>> }, before: string, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, messages.de[`${before}.${key}`]]));

describe('German files say what the German screen says', () => {
  it('of metrics, dimensions, periods and filters', () => {
    const splits = [...dimensionSchema.options, ...grainSchema.options];
    expect(de.metrics).toEqual(ofWidgets(chartMessages as never, 'metric', metricIdSchema.options));
    expect(de.splits).toEqual(ofWidgets(chartMessages as never, 'by', splits));
    expect(de.filterNames).toEqual(ofWidgets(filtersMessages as never, 'filter', dimensionSchema.options));
  });

  it('of what was done to figures, and of what has no value', () => {
    const said = chartMessages.de as Record<string, string>;
    const filled = (key: string) => said[key]?.replace('{metric}', 'Umsatz').replace('{window}', '3');
    expect(de.before('Umsatz')).toBe(filled('before'));
    for (const [kind, write] of Object.entries(de.transforms)) {
      expect(write('Umsatz', 3)).toBe(filled(`transform.${kind}`));
    }
    expect([de.notSet, de.others]).toEqual([said.notSet, said.rest]);
    expect(de.partial('Nov. 2026')).toBe(said['note.partial']?.replace('{labels}', 'Nov. 2026'));
  });

  it('of records and of what changed a pipeline', () => {
    const { owner, amount } = drillMessages.de as Record<string, string>;
    expect([de.fields.owner, de.fields.amount]).toEqual([owner, amount]);
    const said = pipelineMessages.de as Record<string, string>;
    const words = {
      Created: 'created',
      'Moved in': 'movedIn',
      Grew: 'grew',
      Shrank: 'shrank',
      Won: 'won',
      Lost: 'lost',
    };
    for (const [word, key] of Object.entries(words)) {
      expect(de.pipeline[word as keyof typeof words]).toBe(said[`changes.${key}`]);
    }
  });
});

describe('fields of records', () => {
  const orders: [RecordsResponse['entity'], string][] = [
    [
      'sale',
      'product account soldOn owner amount amountBase productCategory quantity cost costBase region segment team source opportunityId new id',
    ],
    [
      'lead',
      'name company createdAt owner value valueBase stage convertedAt productCategory region segment team source new id',
    ],
    [
      'opportunity',
      'name account closedOn expectedCloseOn owner amount amountBase stage createdAt product productCategory region segment team source new id',
    ],
    ['spend', 'campaign category spentOn team amount amountBase region source new id'],
  ];

  it.each(orders)('of a %s begin as the list on screen does, and end with what no order knows', (entity, order) => {
    const fields = order.split(' ');
    // As PostgreSQL keeps them.
    const kept = [...fields].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    expect(fieldsInOrder(entity, new Set(kept))).toEqual(fields);
    for (const field of fields) if (field !== 'new') expect(de.fields[field]).toBeTypeOf('string');
  });

  it('have a heading without German too', () => {
    expect(['amountBase', 'productCategory'].map(fieldLabel)).toEqual([
      'Amount in company currency',
      'Product category',
    ]);
  });
});
