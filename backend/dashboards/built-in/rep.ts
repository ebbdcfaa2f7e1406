import { chart, definition, kpis, pipeline, tasks } from './definition.ts';

/** For whoever sells: what is next, how far am I, which deals wait for me. */
export const rep = definition({
  name: 'My sales',
  description: 'What is next, how far am I this quarter, and which deals wait for me?',
  selection: { range: 'this-quarter', compare: 'previous' },
  panels: [
    kpis({ id: 'figures', width: 12, height: 'low' }, [
      'revenue',
      'salesVolume',
      'averageDeal',
      'winRate',
      'weightedPipeline',
      'conversionRate',
    ]),
    tasks({ id: 'tasks', width: 6, height: 'tall', title: 'My tasks' }),
    chart(
      { id: 'quarter-so-far', width: 6, height: 'tall', title: 'My revenue so far' },
      { metrics: ['revenue'], grain: 'week', type: 'area', transform: 'runningTotal' },
    ),
    pipeline({ id: 'ageing', width: 12, title: 'Deals that have stood still' }, 'ageing'),
    pipeline({ id: 'funnel', width: 8, title: 'From stage to stage' }, 'funnel'),
    chart(
      { id: 'categories', width: 4, title: 'What I sell' },
      { metrics: ['revenue'], by: 'category', type: 'doughnut', limit: 6 },
    ),
    chart(
      { id: 'sources', width: 12, title: 'Which leads convert' },
      { metrics: ['conversionRate'], by: 'source', type: 'bar', limit: 10, withOthers: false },
    ),
  ],
});
