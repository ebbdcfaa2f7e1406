import { chart, definition, kpis, pipeline } from './definition.ts';

/** For whoever leads a team: are we on target, what moved, who needs help. */
export const manager = definition({
  name: 'Team performance',
  description: 'Are we on target this quarter, what moved in the pipeline, and who needs help?',
  selection: { range: 'this-quarter', compare: 'previous' },
  panels: [
    kpis({ id: 'figures', width: 12, height: 'low' }, [
      'revenue',
      'salesVolume',
      'averageDeal',
      'winRate',
      'salesCycle',
      'weightedPipeline',
      'velocity',
      'conversionRate',
    ]),
    chart(
      { id: 'quarter-so-far', width: 6, title: 'Revenue so far' },
      { metrics: ['revenue'], grain: 'week', type: 'area', transform: 'runningTotal' },
    ),
    chart(
      { id: 'people', width: 6, title: 'Revenue by person' },
      { metrics: ['revenue'], by: 'owner', type: 'bar', limit: 12 },
    ),
    pipeline({ id: 'funnel', width: 6, title: 'From stage to stage' }, 'funnel'),
    pipeline({ id: 'changes', width: 6, title: 'What moved in the pipeline' }, 'changes'),
    chart(
      { id: 'compared', width: 12, title: 'People compared' },
      {
        metrics: ['revenue', 'salesVolume', 'averageDeal', 'winRate', 'salesCycle', 'pipelineValue'],
        by: 'owner',
        type: 'table',
        limit: 30,
        withOthers: false,
      },
    ),
    chart(
      { id: 'style', width: 6, title: 'Few large wins, or many small ones' },
      { metrics: ['winRate', 'averageDeal'], by: 'owner', type: 'scatter', limit: 30, withOthers: false },
    ),
    pipeline({ id: 'health', width: 6, title: 'Does the pipeline cover the goal?' }, 'health'),
    pipeline({ id: 'ageing', width: 12, title: 'Deals that have stood still' }, 'ageing'),
  ],
});
