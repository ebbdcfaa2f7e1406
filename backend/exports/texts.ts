import type { Dimension, Grain, Transform, Unit } from '../contracts/analytics.ts';
import { germanFields } from './words/german-fields.ts';
import { germanFilters, germanMetrics, germanSplits } from './words/german-figures.ts';
import { germanPipeline, type PipelineWord } from './words/pipeline-words.ts';

/** The words of files that people read. Where a language names no metric, field or filter, the answer's own name stays. */
export interface Texts {
  period: string;
  comparedWith: string;
  filters: string;
  none: string;
  madeBy: string;
  madeAt: string;
  dataHash: string;
  page(number: number, total: number): string;
  figures: string;
  /** the sheet that says what the others are */
  about: string;
  metric: string;
  value: string;
  previous: string;
  change: string;
  target: string;
  unit: string;
  currency: string;
  /** heads the currencies of amounts */
  currencyOf(amount: string): string;
  units: Readonly<Record<Unit, string>>;
  keyFigures: string;
  by: string;
  and: string;
  points: string;
  perDay: string;
  notSet: string;
  others: string;
  /** whoever reads, as the value of a filter */
  me: string;
  partial(periods: string): string;
  cut(count: number): string;
  missingLetters: string;
  noFigures: string;
  metrics: Readonly<Partial<Record<string, string>>>;
  before(name: string): string;
  transforms: Readonly<Record<Exclude<Transform, 'none'>, (name: string, window: number) => string>>;
  /** as they follow `by` */
  splits: Readonly<Record<Dimension | Grain, string>>;
  filterNames: Readonly<Partial<Record<string, string>>>;
  fields: Readonly<Partial<Record<string, string>>>;
  pipeline: Readonly<Partial<Record<PipelineWord, string>>>;
}

const en: Texts = {
  period: 'Period',
  comparedWith: 'Compared with',
  filters: 'Filters',
  none: 'none',
  madeBy: 'Made for',
  madeAt: 'Made at',
  dataHash: 'Data hash',
  page: (number, total) => `Page ${number} of ${total}`,
  figures: 'Figures',
  about: 'About',
  metric: 'Metric',
  value: 'Value',
  previous: 'Before',
  change: 'Change',
  target: 'Target',
  unit: 'Unit',
  currency: 'Currency',
  currencyOf: (amount) => `${amount}: currency`,
  units: { money: 'Money', count: 'Number', ratio: 'Share', days: 'Days', moneyPerDay: 'Money a day' },
  keyFigures: 'Key figures',
  by: 'by',
  and: 'and',
  points: 'points',
  perDay: 'a day',
  notSet: 'Not set',
  others: 'Others',
  me: 'Me',
  partial: (periods) => `Not a full period: ${periods}.`,
  cut: (count) => `${count} more are not shown.`,
  missingLetters: 'Some letters of names are missing in the font of this file; CSV and XLSX have them.',
  noFigures: 'No figures for this selection.',
  metrics: {},
  before: (name) => `${name}, before`,
  transforms: {
    runningTotal: (name) => `${name}, running total`,
    share: (name) => `${name}, share`,
    movingAverage: (name, window) => `${name}, mean of ${window} periods`,
  },
  splits: {
    day: 'day',
    week: 'week',
    month: 'month',
    quarter: 'quarter',
    year: 'year',
    product: 'product',
    category: 'product category',
    region: 'region',
    team: 'team',
    owner: 'owner',
    source: 'lead source',
    segment: 'segment',
  },
  filterNames: {},
  fields: {},
  pipeline: {},
};

const de: Texts = {
  period: 'Zeitraum',
  comparedWith: 'Verglichen mit',
  filters: 'Filter',
  none: 'keine',
  madeBy: 'Erstellt für',
  madeAt: 'Erstellt am',
  dataHash: 'Prüfsumme der Daten',
  page: (number, total) => `Seite ${number} von ${total}`,
  figures: 'Zahlen',
  about: 'Angaben',
  metric: 'Kennzahl',
  value: 'Wert',
  previous: 'Vorher',
  change: 'Änderung',
  target: 'Ziel',
  unit: 'Einheit',
  currency: 'Währung',
  currencyOf: (amount) => `${amount}: Währung`,
  units: { money: 'Geld', count: 'Anzahl', ratio: 'Anteil', days: 'Tage', moneyPerDay: 'Geld pro Tag' },
  keyFigures: 'Kennzahlen',
  by: 'nach',
  and: 'und',
  points: 'Punkte',
  perDay: 'pro Tag',
  notSet: 'Nicht angegeben',
  others: 'Übrige',
  me: 'Ich',
  partial: (periods) => `Kein voller Zeitraum: ${periods}.`,
  cut: (count) => `${count} weitere sind nicht gezeigt.`,
  missingLetters: 'Der Schrift dieser Datei fehlen Buchstaben mancher Namen; CSV und XLSX haben sie.',
  noFigures: 'Keine Zahlen für diese Auswahl.',
  metrics: germanMetrics,
  before: (name) => `${name}, vorher`,
  transforms: {
    runningTotal: (name) => `${name}, laufende Summe`,
    share: (name) => `${name}, Anteil`,
    movingAverage: (name, window) => `${name}, Mittel aus ${window} Zeiträumen`,
  },
  splits: germanSplits,
  filterNames: germanFilters,
  fields: germanFields,
  pipeline: germanPipeline,
};

/** In the reader's language where there is one, else in English. */
export const textsOf = (locale: string): Texts => (locale.toLowerCase().split('-')[0] === 'de' ? de : en);
