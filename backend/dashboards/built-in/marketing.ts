import { chart, definition, kpis, pipeline } from './definition.ts';

/** For whoever brings the leads: which sources pay, what a customer costs, where leads get lost. */
export const marketing = definition({
  name: 'Marketing and lead sources',
  description: 'Which sources bring customers, what does one cost, and where do leads get lost?',
  selection: { range: 'last-12-months', compare: 'year' },
  panels: [
    kpis({ id: 'figures', width: 12, height: 'low' }, [
      'conversionRate',
      'acquisitionCost',
      'revenue',
      'averageDeal',
      'winRate',
      'salesCycle',
    ]),
    chart(
      { id: 'sources', width: 8, title: 'Revenue by lead source' },
      {
        metrics: ['revenue'],
        by: 'source',
        isOverTime: true,
        grain: 'month',
        type: 'area',
        stacking: 'stacked',
        limit: 8,
      },
    ),
    chart(
      { id: 'segments', width: 4, title: 'Revenue by segment' },
      { metrics: ['revenue'], by: 'segment', type: 'pie', limit: 6 },
    ),
    chart(
      { id: 'conversion', width: 6, title: 'Which sources convert' },
      { metrics: ['conversionRate'], by: 'source', type: 'bar', withOthers: false },
    ),
    chart(
      { id: 'cost', width: 6, title: 'What a new customer costs, by source' },
      { metrics: ['acquisitionCost'], by: 'source', type: 'bar', withOthers: false },
    ),
    chart(
      { id: 'trend', width: 6, title: 'What a new customer costs, by month' },
      { metrics: ['acquisitionCost'], grain: 'month', type: 'line' },
    ),
    chart(
      { id: 'worth', width: 6, title: 'Likely, valuable, or both' },
      { metrics: ['conversionRate', 'averageDeal'], by: 'source', type: 'scatter', limit: 20, withOthers: false },
    ),
    pipeline({ id: 'funnel', width: 12, title: 'Where leads and deals get lost' }, 'funnel'),
    chart(
      { id: 'compared', width: 12, title: 'Sources compared' },
      {
        metrics: ['revenue', 'salesVolume', 'conversionRate', 'winRate', 'averageDeal', 'acquisitionCost'],
        by: 'source',
        type: 'table',
        limit: 20,
        withOthers: false,
      },
    ),
  ],
});
