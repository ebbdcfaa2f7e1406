import type { DrawnPicture } from '../../../contracts/exports.ts';
import type { ExportDocument } from '../../export-document.ts';
import { createDisplay } from '../display.ts';
import { drawChart } from './draw-chart.ts';
import { inksOf } from './inks.ts';
import { fitted, label, rect } from './marks.ts';

const WIDTH = 960;
const MARGIN = 24;
const ROW = 24;

/** A chart with title, period and filters, ready to be painted. */
export function pictureOf(document: ExportDocument): DrawnPicture {
  const { sections, about, theme } = document;
  const [section] = sections;
  const inks = inksOf(theme);
  const lying = section?.chart?.type === 'bar' && section.chart.grain === null ? section.chart : null;
  const height = Math.max(540, lying ? lying.points.length * lying.series.length * ROW + 180 : 0);
  const inner = WIDTH - 2 * MARGIN;
  const title = section?.title ?? document.title;
  const facts = about.slice(0, -1).map((fact) => `${fact.label}: ${fact.text}`);
  const box = { x: MARGIN, y: 72, width: inner, height: height - 72 - 52 };
  const small = { size: 11, fill: inks.muted };
  return {
    ...{ title, width: WIDTH, height },
    description: facts.join('. '),
    shapes: [
      rect({ x: 0, y: 0, width: WIDTH, height }, { fill: inks.surface }),
      label(fitted(title, inner, 18), [MARGIN, 36], { size: 18, fill: inks.text, isBold: true }),
      label(fitted(facts.slice(0, -1).join('  ·  '), inner), [MARGIN, 56], small),
      ...(section?.chart ? drawChart(section.chart, box, { inks, display: createDisplay(document) }) : []),
      label(fitted(section?.notes.join(' ') ?? '', inner), [MARGIN, height - 32], small),
      label(fitted(`${facts.at(-1) ?? ''}  ·  ${document.dataHash}`, inner), [MARGIN, height - 14], small),
    ],
  };
}
