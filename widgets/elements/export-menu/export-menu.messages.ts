import type { Messages } from '../../base/i18n.ts';

export const exportMenuMessages: Messages = {
  en: {
    export: 'Export',
    csv: 'CSV (figures)',
    xlsx: 'Excel (XLSX)',
    pdf: 'PDF',
    png: 'Picture (PNG)',
    svg: 'Vector picture (SVG)',
    working: 'Making the file …',
    done: 'The file is ready: {name}',
    cancel: 'Cancel',
    hash: 'Data {hash}',
    failed: 'The file could not be made. Try again.',
  },
  de: {
    export: 'Exportieren',
    csv: 'CSV (Zahlen)',
    xlsx: 'Excel (XLSX)',
    pdf: 'PDF',
    png: 'Bild (PNG)',
    svg: 'Vektorbild (SVG)',
    working: 'Die Datei entsteht …',
    done: 'Die Datei ist fertig: {name}',
    cancel: 'Abbrechen',
    hash: 'Daten {hash}',
    failed: 'Die Datei konnte nicht erstellt werden. Versuche es noch einmal.',
  },
};
