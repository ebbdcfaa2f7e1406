import type { ChartFigure } from '../../export-document.ts';
import type { Display } from '../display.ts';
import { bar } from './bar-marks.ts';
import { type Inks, lookAt, seriesInk, softened } from './inks.ts';
import { area, type Box, dot, fitted, label, line, type Shape, widthOf } from './marks.ts';
import { type Scale, scaleOf } from './scale.ts';
import { axisColumn, type Span, spansOf } from './stacks.ts';

const GAP = 6;
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

/** What a series was before is dotted. */
const dashOf = (figure: ChartFigure, index: number): number[] =>
  figure.series[index]?.isBefore ? [2, 3] : (DASHES[lookAt(figure, index) % DASHES.length] ?? []);

interface Plot {
  figure: ChartFigure;
  box: Box;
  inks: Inks;
  display: Display;
}
interface Axis {
  unit: string;
  scale: Scale;
  labels: string[];
}

const unitOf = ({ column }: ChartFigure['series'][number]): string => `${column.unit} ${column.currency}`;

/** Bars of a dimension lie down, so that their names can be read. */
const lies = ({ type, grain }: ChartFigure): boolean => type === 'bar' && grain === null;

function axesOf({ figure, display }: Plot, spans: readonly (Span | null)[][]): Axis[] {
  const units = [...new Set(figure.series.map(unitOf))];
  return units.map((unit) => {
    const members = figure.series.flatMap((series, index) => (unitOf(series) === unit ? [index] : []));
    const column = axisColumn(figure, (figure.series[members[0] ?? 0] as ChartFigure['series'][number]).column);
    const values = members.flatMap((index) =>
      (spans[index] ?? []).flatMap((span) => (span ? [span.base, span.top] : [])),
    );
    const tops = members.flatMap((index) => (spans[index] ?? []).flatMap((span) => (span ? [span.top] : [])));
    const isRatioLine = figure.type === 'line' && column.unit === 'ratio' && figure.stacking === 'none';
    const scale = scaleOf(isRatioLine ? tops : values, { fromZero: !isRatioLine });
    return { unit, scale, labels: scale.ticks.map((tick) => display.short(column, tick)) };
  });
}

const pointLabels = ({ figure: { points, grain }, display }: Plot): string[] =>
  points.map(({ label: text }) => (grain === null ? text : display.period(text, grain)));

/** Bars, lines and areas in their box, with axes. */
export function cartesian(plot: Plot): Shape[] {
  const { figure, box, inks } = plot;
  const spans = spansOf(figure);
  const axes = axesOf(plot, spans);
  const names = pointLabels(plot);
  const isLying = lies(figure);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => widthOf(text)));
  const near = isLying ? Math.min(widest(names), box.width * 0.35) : widest(axes[0]?.labels ?? []);
  const far = isLying ? widest(axes[0]?.labels ?? []) / 2 : widest(axes[1]?.labels ?? []);
  const top = isLying && axes.length > 1 ? 18 : 8;
  const inner: Box = {
    x: box.x + near + GAP,
    y: box.y + top,
    width: box.width - near - far - 2 * GAP,
    height: box.height - top - 20,
  };
  const marks = figure.type === 'bar' ? bars : strokes;
  return [
    ...valueAxes(axes, inner, inks, isLying),
    ...pointAxis(names, inner, { inks, isLying, near }),
    ...marks(plot, inner, spans, axes, isLying),
  ];
}

function valueAxes(axes: readonly Axis[], box: Box, inks: Inks, isLying: boolean): Shape[] {
  return axes.slice(0, 2).flatMap(({ scale, labels }, which) =>
    scale.ticks.flatMap((tick, index): Shape[] => {
      const share = scale.share(tick);
      const x = box.x + share * box.width;
      const y = box.y + (1 - share) * box.height;
      const ends = isLying
        ? ([
            [x, box.y],
            [x, box.y + box.height],
          ] as const)
        : ([
            [box.x, y],
            [box.x + box.width, y],
          ] as const);
      const place: [number, number] = isLying
        ? [x, which ? box.y - 6 : box.y + box.height + 15]
        : [which ? box.x + box.width + GAP : box.x - GAP, y + 4];
      const anchor = isLying ? 'middle' : which ? 'start' : 'end';
      const text = label(labels[index] ?? '', place, { fill: inks.muted, anchor });
      return which === 0 ? [line(ends, { stroke: tick === 0 ? inks.muted : inks.grid }), text] : [text];
    }),
  );
}

function pointAxis(
  names: readonly string[],
  box: Box,
  { inks, isLying, near }: { inks: Inks; isLying: boolean; near: number },
): Shape[] {
  const band = (isLying ? box.height : box.width) / Math.max(1, names.length);
  const needed = isLying ? 13 : Math.max(0, ...names.map((name) => widthOf(name))) + 10;
  const every = Math.max(1, Math.ceil(needed / band));
  return names.flatMap((name, index) => {
    if (index % every !== 0) return [];
    const middle = (index + 0.5) * band;
    if (isLying)
      return [label(fitted(name, near), [box.x - GAP, box.y + middle + 4], { fill: inks.text, anchor: 'end' })];
    return [label(name, [box.x + middle, box.y + box.height + 15], { fill: inks.muted, anchor: 'middle' })];
  });
}

function bars({ figure, inks }: Plot, box: Box, spans: (Span | null)[][], axes: Axis[], isLying: boolean): Shape[] {
  const { points, series, stacking } = figure;
  const band = (isLying ? box.height : box.width) / Math.max(1, points.length);
  const beside = stacking === 'none' ? series.length : 1;
  const thick = Math.min((band * 0.74) / beside, 44);
  return series.flatMap((one, index) => {
    const scale = axes.find(({ unit }) => unit === unitOf(one))?.scale;
    const color = seriesInk(inks, figure, index);
    return (spans[index] ?? []).flatMap((span, at): Shape[] => {
      if (!span || !scale) return [];
      const start = (at + 0.5) * band + (stacking === 'none' ? index - beside / 2 : -0.5) * thick;
      const [low, high] = [scale.share(span.base), scale.share(span.top)].sort((a, b) => a - b) as [number, number];
      const size = thick - (beside > 1 ? 1 : 0);
      const place = isLying
        ? { x: box.x + low * box.width, y: box.y + start, width: (high - low) * box.width, height: size }
        : { x: box.x + start, y: box.y + (1 - high) * box.height, width: size, height: (high - low) * box.height };
      return bar(place, color, inks, { isBefore: one.isBefore, isPartial: points[at]?.isPartial ?? false });
    });
  });
}

/** A line leads by these dashes to a first or last period that isn't full. */
const OPEN = [3, 5];

/** The places of a run between which a line is drawn alike: up to a period that isn't full by dashes of its own. */
function stretches(run: readonly number[], points: ChartFigure['points']) {
  const ends = (at: number, end: number) => at === end && (points[end]?.isPartial ?? false);
  const found: { from: number; to: number; isOpen: boolean }[] = [];
  for (let to = 1; to < run.length; to++) {
    const isOpen = ends(run[to - 1] ?? -1, 0) || ends(run[to] ?? -1, points.length - 1);
    const last = found.at(-1);
    if (last?.isOpen === isOpen) last.to = to;
    else found.push({ from: to - 1, to, isOpen });
  }
  return found;
}

/** Lines and areas, interrupted where a value is missing. */
function strokes({ figure, inks }: Plot, box: Box, spans: (Span | null)[][], axes: Axis[]): Shape[] {
  const { points, series, type, stacking } = figure;
  const band = box.width / Math.max(1, points.length);
  const x = (at: number) => box.x + (at + 0.5) * band;
  return series.flatMap((one, index) => {
    const scale = axes.find(({ unit }) => unit === unitOf(one))?.scale;
    if (!scale) return [];
    const y = (value: number) => box.y + (1 - scale.share(value)) * box.height;
    const color = seriesInk(inks, figure, index);
    const soft = softened(color, inks.surface, stacking === 'none' ? 0.22 : 0.55);
    const runs: { at: number; span: Span }[][] = [[]];
    for (const [at, span] of (spans[index] ?? []).entries()) {
      if (span) runs.at(-1)?.push({ at, span });
      else runs.push([]);
    }
    return runs
      .filter((run) => run.length > 0)
      .flatMap((run): Shape[] => {
        const top = run.map(({ at, span }) => [x(at), y(span.top)] as const);
        const foot = run.map(({ at, span }) => [x(at), y(span.base)] as const).reverse();
        return [
          ...(type === 'area' && !one.isBefore ? [area([...top, ...foot], { fill: soft })] : []),
          ...stretches(
            run.map(({ at }) => at),
            points,
          ).map(({ from, to, isOpen }) =>
            line(top.slice(from, to + 1), {
              ...{ stroke: color, width: one.isBefore ? 1.5 : 2, dash: isOpen ? OPEN : dashOf(figure, index) },
            }),
          ),
          ...(points.length <= 60 && !one.isBefore
            ? run.map(({ at, span }) =>
                dot(x(at), y(span.top), 2.5, { fill: points[at]?.isPartial ? inks.surface : color, stroke: color }),
              )
            : []),
        ];
      });
  });
}
