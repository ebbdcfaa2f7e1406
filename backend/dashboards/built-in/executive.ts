import { chart, definition, kpis, pipeline } from './definition.ts';

/** For whoever answers for the result: is the year on plan, what earns the money, what is coming. */
export const executive = definition({
  name: 'Executive overview',
  description: 'Is the year on plan, where does the money come from, and what is on its way?',
  selection: { range: 'this-year', compare: 'year' },
  panels: [
    kpis({ id: 'figures', width: 12, height: 'low' }, [
      'revenue',
      'grossProfit',
      'profitMargin',
      'winRate',
      'acquisitionCost',
      'weightedPipeline',
    ]),
    chart(
      { id: 'result', width: 8, title: 'Revenue and gross profit by month' },
      { metrics: ['revenue', 'grossProfit'], grain: 'month', type: 'bar' },
    ),
    chart(
      { id: 'regions', width: 4, title: 'Revenue by region' },
      { metrics: ['revenue'], by: 'region', type: 'doughnut' },
    ),
    chart(
      { id: 'year-so-far', width: 6, title: 'Revenue so far' },
      { metrics: ['revenue'], grain: 'month', type: 'area', transform: 'runningTotal' },
    ),
    chart(
      { id: 'categories', width: 6, title: 'What the revenue is made of' },
      {
        metrics: ['revenue'],
        by: 'category',
        isOverTime: true,
        grain: 'month',
        type: 'bar',
        stacking: 'percent',
        limit: 6,
      },
    ),
    chart(
      { id: 'products', width: 6, title: 'Products that earn most' },
      { metrics: ['grossProfit'], by: 'product', type: 'bar', limit: 10, withOthers: false },
    ),
    pipeline({ id: 'pipeline', width: 6, title: 'How the pipeline changed' }, 'changes'),
    chart(
      { id: 'teams', width: 12, title: 'Teams compared' },
      {
        metrics: ['revenue', 'profitMargin', 'winRate', 'averageDeal', 'salesCycle', 'weightedPipeline'],
        by: 'team',
        type: 'table',
      },
    ),
  ],
});
