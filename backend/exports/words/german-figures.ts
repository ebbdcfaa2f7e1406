import type { Dimension, Grain, MetricId } from '../../contracts/analytics.ts';

/*
 * The elements' words (widgets/base/analytics-messages.ts, widgets/elements/chart and filters), as nothing of the server
 * may import those: a test keeps both sides the same, so that a file says what the screen said.
 */

/** Metrics. */
export const germanMetrics: Readonly<Record<MetricId, string>> = {
  revenue: 'Umsatz',
  salesVolume: 'Verkäufe',
  units: 'Verkaufte Stück',
  grossProfit: 'Rohertrag',
  profitMargin: 'Gewinnmarge',
  conversionRate: 'Lead-Konversion',
  winRate: 'Abschlussquote',
  acquisitionCost: 'Akquisekosten',
  activeCustomers: 'Aktive Kunden',
  averageDeal: 'Mittlerer Abschluss',
  salesCycle: 'Verkaufszyklus',
  pipelineValue: 'Pipeline',
  weightedPipeline: 'Gewichtete Pipeline',
  velocity: 'Verkaufstempo',
};

/** What figures are split by, as it follows "nach". */
export const germanSplits: Readonly<Record<Dimension | Grain, string>> = {
  day: 'Tag',
  week: 'Woche',
  month: 'Monat',
  quarter: 'Quartal',
  year: 'Jahr',
  product: 'Produkt',
  category: 'Produktkategorie',
  region: 'Region',
  team: 'Team',
  owner: 'Zuständigen',
  source: 'Lead-Quelle',
  segment: 'Kundensegment',
};

/** Filters. */
export const germanFilters: Readonly<Record<Dimension, string>> = {
  category: 'Kategorie',
  product: 'Produkt',
  region: 'Region',
  team: 'Team',
  owner: 'Zuständig',
  source: 'Quelle',
  segment: 'Segment',
};
