/** The words of files that people read. Names of metrics and dimensions are those of the answers. */
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
  metric: string;
  value: string;
  previous: string;
  change: string;
  target: string;
  keyFigures: string;
  by: string;
  points: string;
  perDay: string;
  notSet: string;
  partial: string;
  cut(count: number): string;
  missingLetters: string;
  noFigures: string;
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
  metric: 'Metric',
  value: 'Value',
  previous: 'Before',
  change: 'Change',
  target: 'Target',
  keyFigures: 'Key figures',
  by: 'by',
  points: 'points',
  perDay: 'a day',
  notSet: 'Not set',
  partial: 'Lighter: not a full period.',
  cut: (count) => `${count} more are not shown.`,
  missingLetters: 'Some letters of names are missing in the font of this file; CSV and XLSX have them.',
  noFigures: 'No figures for this selection.',
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
  metric: 'Kennzahl',
  value: 'Wert',
  previous: 'Vorher',
  change: 'Änderung',
  target: 'Ziel',
  keyFigures: 'Kennzahlen',
  by: 'nach',
  points: 'Punkte',
  perDay: 'pro Tag',
  notSet: 'Nicht angegeben',
  partial: 'Heller: kein voller Zeitraum.',
  cut: (count) => `${count} weitere sind nicht gezeigt.`,
  missingLetters: 'Der Schrift dieser Datei fehlen Buchstaben mancher Namen; CSV und XLSX haben sie.',
  noFigures: 'Keine Zahlen für diese Auswahl.',
};

/** In the reader's language where there is one, else in English. */
export const textsOf = (locale: string): Texts => (locale.toLowerCase().split('-')[0] === 'de' ? de : en);
