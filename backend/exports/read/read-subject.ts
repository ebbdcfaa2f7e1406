import { createHash } from 'node:crypto';
import type { Principal } from '../../access/index.ts';
import type { AnalyticsContext } from '../../analytics/index.ts';
import type { Dashboard, DashboardSelection, Panel } from '../../contracts/dashboards.ts';
import type { ExportDocument, Section } from '../export-document.ts';
import type { ReadableRequest } from '../reader.repository.ts';
import type { Texts } from '../texts.ts';
import { isComparedAmongPanels, readChart } from './chart-section.ts';
import { filtersText } from './filters-text.ts';
import { readKpis } from './kpi-section.ts';
import { readPipeline } from './pipeline-section.ts';
import { type Reading, type ReadSection, readingOf } from './reading.ts';
import { mostRecords, readRecords } from './record-section.ts';

/** What reading takes beside the request. */
export interface Sources {
  context: AnalyticsContext;
  findDashboard(principal: Principal, id: string): Promise<Dashboard>;
}
/** Enough of a hash to tell files apart. */
const SHOWN_OF_HASH = 12;

type Progress = (done: number, total: number | null) => Promise<void>;

/** One hash of several: whoever has the parts can make it. */
const joined = (hashes: readonly string[]): string => {
  const [only, ...more] = hashes;
  return only !== undefined && more.length === 0 ? only : createHash('sha256').update(hashes.join('\n')).digest('hex');
};

function readPanel(reading: Reading, panel: Panel): Promise<ReadSection> | null {
  switch (panel.kind) {
    case 'kpis':
      return readKpis(reading, panel.metrics, panel);
    case 'chart': {
      const compare = isComparedAmongPanels(panel.chart) ? reading.selection.compare : 'none';
      return readChart({ ...reading, selection: { ...reading.selection, compare } }, panel.chart, panel);
    }
    case 'pipeline':
      return readPipeline(reading, panel);
    case 'tasks': // a list of things to do, no figures
      return null;
    default:
      return panel satisfies never;
  }
}

async function readPanels(reading: Reading, panels: readonly Panel[], progress: Progress): Promise<ReadSection[]> {
  const read: ReadSection[] = [];
  for (const [index, panel] of panels.entries()) {
    await progress(index, panels.length);
    const found = await readPanel(reading, panel);
    if (found) read.push(found);
  }
  return read;
}

/** The figures that a request asks for, as its asker may see them now. @throws ProblemError as the screen's questions do */
export async function readSubject(
  { context, findDashboard }: Sources,
  principal: Principal,
  request: ReadableRequest,
  progress: Progress = async () => {},
): Promise<ExportDocument> {
  const { of, locale, timeZone, theme, format } = request;
  const dashboard = of.kind === 'dashboard' ? await findDashboard(principal, of.dashboardId) : null;
  const selection = (of.selection ?? dashboard?.selection) as DashboardSelection;
  const reading = readingOf(context, principal, selection, request);
  let sections: ReadSection[];
  if (of.kind === 'chart') sections = [await readChart(reading, of.chart, of)];
  else if (of.kind === 'kpis') sections = [await readKpis(reading, of.metrics, of)];
  else if (of.kind === 'records')
    sections = [await readRecords(reading, of, mostRecords(format), (done) => progress(done, null))];
  else sections = await readPanels(reading, dashboard?.panels ?? [], progress);
  const { texts, days, display } = reading;
  const span = ({ from, to }: typeof days) => `${display.day(from)} – ${display.day(to)}`;
  const compared = sections.find(({ comparedWith }) => comparedWith)?.comparedWith;
  const dataHash = joined(sections.map((section) => section.dataHash));
  const title = dashboard?.name ?? sections[0]?.section.title ?? '';
  return {
    title,
    name: `${nameOf(title)}_${days.from}_${days.to}_${dataHash.slice(0, SHOWN_OF_HASH)}`,
    ...{ locale, timeZone, theme, dataHash },
    about: [
      { label: texts.period, text: span(days) },
      ...(compared ? [{ label: texts.comparedWith, text: span(compared) }] : []),
      { label: texts.filters, text: await filtersText(reading) },
      { label: texts.madeAt, text: `${display.moment(context.clock().toISOString())} (${timeZone})` },
      { label: texts.dataHash, text: dataHash },
    ],
    sections:
      sections.length > 1 ? sections.map((one) => withHash(one, texts)) : sections.map(({ section }) => section),
  };
}

/** A part with the hash of its own, which the screen has of each panel. */
const withHash = ({ section, dataHash }: ReadSection, texts: Texts): Section => ({
  ...section,
  notes: [...section.notes, `${texts.dataHash}: ${dataHash.slice(0, SHOWN_OF_HASH)}`],
});

/** Part of a file name: letters and digits of any script, and hyphens. */
const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    // What is left of a letter beyond U+FFFF that was cut in two can be in no header.
    .replace(/[\ud800-\udbff]$/, '') || 'export';
