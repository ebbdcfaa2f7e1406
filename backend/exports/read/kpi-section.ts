import { answerKpis } from '../../analytics/index.ts';
import { type Kpi, kpiQuery, type MetricId } from '../../contracts/analytics.ts';
import type { FigureColumn, Section, Tile } from '../export-document.ts';
import type { Texts } from '../texts.ts';
import { asked, commonOf, type Reading, type ReadSection } from './reading.ts';

const text = (label: string): FigureColumn => ({ label, type: 'text', unit: null, currency: null, grain: null });
const figure = (label: string, { unit, currency }: Pick<FigureColumn, 'unit' | 'currency'>): FigureColumn => ({
  ...{ label, type: 'number', unit, currency, grain: null },
});

/** Below this a change would be written as zero, as on screen. */
const SMALLEST_CHANGE = 0.0005;

const isGood = ({ change, betterWhen }: Kpi): boolean | null =>
  change === null || Math.abs(change) < SMALLEST_CHANGE ? null : change > 0 === (betterWhen === 'higher');

const nameOf = ({ metric, label }: Kpi, { metrics }: Texts): string => metrics[metric] ?? label;

const tileOf = (kpi: Kpi, texts: Texts): Tile => ({
  label: nameOf(kpi, texts),
  column: figure(nameOf(kpi, texts), kpi),
  value: kpi.value,
  previous: kpi.previous,
  change: kpi.change,
  target: kpi.target,
  isGood: isGood(kpi),
});

/** Key figures: tiles, and a row each. As their units differ, the table says the unit and currency of each row. */
export async function readKpis(
  reading: Reading,
  metrics: readonly MetricId[],
  given: { title: string | null; width?: number; height?: Section['height'] },
): Promise<ReadSection> {
  const { context, principal, selection, texts } = reading;
  const { compare } = selection;
  const found = await answerKpis(
    context,
    principal,
    asked(kpiQuery, {
      ...commonOf(reading),
      metrics: metrics.length > 0 ? metrics : undefined,
      compare: compare === 'none' ? undefined : compare,
    }),
  );
  const { items } = found;
  // Units and currencies stand in the last two columns.
  const figures = (label: string) => ({ ...figure(label, { unit: null, currency: null }), unitAt: 4, currencyAt: 5 });
  return {
    dataHash: found.dataHash,
    comparedWith: found.comparedWith,
    section: {
      title: given.title ?? texts.keyFigures,
      width: given.width ?? 12,
      height: given.height ?? 'low',
      tiles: items.map((kpi) => tileOf(kpi, texts)),
      chart: null,
      table: {
        columns: [
          text(texts.metric),
          figures(texts.value),
          figures(texts.previous),
          figures(texts.target),
          { ...text(texts.unit), isForMachines: true, words: texts.units },
          { ...text(texts.currency), isForMachines: true },
        ],
        rows: items.map((kpi) => [
          ...[nameOf(kpi, texts), kpi.value, kpi.previous, kpi.target, kpi.unit, kpi.currency],
        ]),
      },
      notes: items.flatMap((kpi) => (kpi.caveat ? [`${nameOf(kpi, texts)}: ${kpi.caveat}`] : [])),
    },
  };
}
