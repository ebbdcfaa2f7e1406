import {
  answerAgeing,
  answerChanges,
  answerFunnel,
  answerHealth,
  answerVelocity,
  hashOfTable,
} from '../../analytics/index.ts';
import type { Panel } from '../../contracts/dashboards.ts';
import {
  ageingQuery,
  changesQuery,
  funnelQuery,
  healthQuery,
  velocityQuery,
} from '../../contracts/pipeline-reports.ts';
import type { FigureColumn, FigureTable } from '../export-document.ts';
import type { Texts } from '../texts.ts';
import type { PipelineWord } from '../words/pipeline-words.ts';
import { asked, commonOf, type Reading, type ReadSection } from './reading.ts';

type View = Extract<Panel, { kind: 'pipeline' }>['view'];

const text = (label: PipelineWord): FigureColumn => ({ label, type: 'text', unit: null, currency: null, grain: null });
const count = (label: PipelineWord): FigureColumn => ({ ...text(label), type: 'number', unit: 'count' });
const ratio = (label: PipelineWord): FigureColumn => ({ ...count(label), unit: 'ratio' });
const days = (label: PipelineWord): FigureColumn => ({ ...count(label), unit: 'days' });
const money = (label: PipelineWord, currency: string | undefined): FigureColumn => ({
  ...{ ...count(label), unit: 'money', currency: currency ?? null },
});
const written = (value: number | null): string | null => (value === null ? null : String(value));

/** As its hash sees it, in English. */
interface Figures {
  title: PipelineWord;
  table: FigureTable;
}

async function figuresOf(reading: Reading, view: View): Promise<Figures> {
  const { context, principal } = reading;
  const common = commonOf(reading);
  switch (view) {
    case 'funnel': {
      const { total } = await answerFunnel(context, principal, asked(funnelQuery, common));
      const columns = [
        ...[text('Stage'), count('Reached'), money('Value', total.value.currency), ratio('Conversion'), count('Lost')],
      ];
      const rows = total.stages.map(({ stage, reached, value, conversion, lost }) => [
        ...[stage.name, String(reached), value.amount, conversion, String(lost)],
      ]);
      return { title: 'Funnel', table: { columns, rows } };
    }
    case 'velocity': {
      const { stages } = await answerVelocity(context, principal, asked(velocityQuery, common));
      const columns = [text('Stage'), count('Visits'), days('Median time'), days('Nine of ten within')];
      const rows = stages.map(({ stage, visits, medianDays, p90Days }) => [
        ...[stage.name, String(visits), written(medianDays), written(p90Days)],
      ]);
      return { title: 'Time in stages', table: { columns, rows } };
    }
    case 'ageing': {
      const { from: _, to: __, ...filters } = common;
      const { stages, total } = await answerAgeing(context, principal, asked(ageingQuery, filters));
      const columns = [text('Stage'), count('Open'), money('Value', total.value.currency), days('Median age')];
      const rows = stages.map(({ stage, count: open, value, medianDays }) => [
        ...[stage.name, String(open), value.amount, written(medianDays)],
      ]);
      return { title: 'Age of what is open', table: { columns, rows } };
    }
    case 'health': {
      const { checks, open } = await answerHealth(context, principal, asked(healthQuery, common));
      const names: Record<(typeof checks)[number]['id'], PipelineWord> = {
        stuck: 'Stuck',
        noNextStep: 'Without a next step',
        pastClose: 'Past the close date',
      };
      const columns = [text('Check'), count('Records'), money('Value', open.value.currency), ratio('Share')];
      const rows = checks.map(({ id, count: records, value, share }) => [
        ...[names[id], String(records), value.amount, share],
      ]);
      return { title: 'Pipeline health', table: { columns, rows } };
    }
    case 'changes': {
      const { bars } = await answerChanges(context, principal, asked(changesQuery, common));
      const columns = [text('Change'), count('Records'), money('Value', bars[0]?.value.currency)];
      // Who won or lost is out of the pipeline: `count` would be less than none.
      const rows = bars.map(({ bar, records, value }) => [changeNames[bar], String(records), value.amount]);
      return { title: 'What changed the pipeline', table: { columns, rows } };
    }
    default:
      return view satisfies never;
  }
}

const changeNames = {
  opening: 'At the beginning',
  created: 'Created',
  movedIn: 'Moved in',
  grew: 'Grew',
  shrank: 'Shrank',
  movedOut: 'Moved out',
  won: 'Won',
  lost: 'Lost',
  closing: 'At the end',
} as const satisfies Record<string, PipelineWord>;

/** The table in the reader's words. Stages have the names that the company gave them. */
function translated({ columns, rows }: FigureTable, view: View, { pipeline }: Texts): FigureTable {
  const word = (text: string): string => pipeline[text as PipelineWord] ?? text;
  const isOfWords = view === 'health' || view === 'changes';
  return {
    columns: columns.map((column) => ({ ...column, label: word(column.label) })),
    rows: isOfWords ? rows.map(([name, ...cells]) => [name == null ? null : word(name), ...cells]) : rows,
  };
}

/** A pipeline report as the table of its figures. */
export async function readPipeline(
  reading: Reading,
  { view, title, width, height }: Extract<Panel, { kind: 'pipeline' }>,
): Promise<ReadSection> {
  const { texts } = reading;
  const figures = await figuresOf(reading, view);
  const { columns, rows } = figures.table;
  const hashed = columns.map(({ label, unit, currency }) => ({ id: label, unit, currency }));
  return {
    dataHash: hashOfTable({ columns: hashed, rows }),
    comparedWith: null,
    section: {
      ...{
        title: title ?? texts.pipeline[figures.title] ?? figures.title,
        width,
        height,
        tiles: [],
        chart: null,
        notes: [],
      },
      table: translated(figures.table, view, texts),
    },
  };
}
