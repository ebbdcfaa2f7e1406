import type { Dictionary } from './i18n.ts';

/** Names of metrics and dimensions; the server's own label is used where a language has none. */
export const analyticsMessages: { en: Dictionary; de: Dictionary } = {
  en: {
    'metric.revenue': 'Revenue',
    'metric.salesVolume': 'Sales',
    'metric.units': 'Units sold',
    'metric.grossProfit': 'Gross profit',
    'metric.profitMargin': 'Profit margin',
    'metric.conversionRate': 'Lead conversion',
    'metric.winRate': 'Win rate',
    'metric.acquisitionCost': 'Acquisition cost',
    'metric.activeCustomers': 'Active customers',
    'metric.averageDeal': 'Average deal',
    'metric.salesCycle': 'Sales cycle',
    'metric.pipelineValue': 'Pipeline',
    'metric.weightedPipeline': 'Weighted pipeline',
    'metric.velocity': 'Sales velocity',
    perDay: 'a day',
  },
  de: {
    'metric.revenue': 'Umsatz',
    'metric.salesVolume': 'Verkäufe',
    'metric.units': 'Verkaufte Stück',
    'metric.grossProfit': 'Rohertrag',
    'metric.profitMargin': 'Gewinnmarge',
    'metric.conversionRate': 'Lead-Konversion',
    'metric.winRate': 'Abschlussquote',
    'metric.acquisitionCost': 'Akquisekosten',
    'metric.activeCustomers': 'Aktive Kunden',
    'metric.averageDeal': 'Mittlerer Abschluss',
    'metric.salesCycle': 'Verkaufszyklus',
    'metric.pipelineValue': 'Pipeline',
    'metric.weightedPipeline': 'Gewichtete Pipeline',
    'metric.velocity': 'Verkaufstempo',
    perDay: 'pro Tag',
  },
};
