import { ImportFileError } from '../import-file-error.ts';
import { ColumnEvidence, type ColumnStyle, decideStyles } from '../values/column-evidence.ts';
import { type Delimiter, sniffDelimiter } from './delimiter.ts';
import { detectEncoding, type Encoding, utf8Chunks } from './encoding.ts';
import { type RawRecord, readRecords } from './records.ts';
import { skim } from './skim.ts';
import type { ImportSource } from './source.ts';

/** Last column of our own list of refused rows; a file that has it comes back mended. */
export const REASON_COLUMN = 'Import problem';

const HEAD_CHARACTERS = 64 * 1024;
const MAX_COLUMNS = 1000;
/** First rows that the guess of the mapping looks at. */
const SAMPLE_ROWS = 200;
/** Rows that are read in full to see how dates and numbers are written; more only while that is not clear. */
const ENOUGH_ROWS = 10_000;
const MAX_SAMPLES = 60;
const SAMPLE_CHARACTERS = 200;

export interface FileColumn {
  name: string;
  /** cells of the first rows, blank ones left out */
  samples: string[];
  style: ColumnStyle;
}

/** What is known about a file after reading all of it once. */
export interface Inspection {
  encoding: Encoding;
  delimiter: Delimiter;
  columns: FileColumn[];
  /** data rows, the header not counted; in long files empty lines may be among them */
  rows: number;
  /** the file is a list of refused rows of ours: escapes in its cells are taken off again */
  isErrorReport: boolean;
}

/**
 * Reads a file to its end: finds encoding, delimiter and columns, how dates and numbers are written, and
 * whether it is sound, so that a broken file is refused before anything is changed.
 *
 * @throws ImportFileError one sentence
 */
export async function inspectFile(source: ImportSource): Promise<Inspection> {
  const encoding = await detectEncoding(source);
  const delimiter = await sniff(source, encoding);
  let columns: FileColumn[] | null = null;
  let evidence: ColumnEvidence[] = [];
  let rows = 0;
  let skipped = 0;
  const isEnough = () => rows >= ENOUGH_ROWS && !evidence.some((column) => column.isUnclear);
  const chunks = skim(utf8Chunks(source, encoding), isEnough, (lines) => {
    rows += lines;
    skipped += lines;
  });
  for await (const group of readRecords(chunks, delimiter, () => skipped)) {
    for (const record of group) {
      if (columns === null) {
        columns = readHeader(record);
        evidence = columns.map(() => new ColumnEvidence());
        continue;
      }
      rows++;
      collect(record, columns, evidence, rows <= SAMPLE_ROWS);
    }
  }
  if (columns === null) {
    throw new ImportFileError('The file is empty. Its first line must hold the names of the columns.');
  }
  if (rows === 0) throw new ImportFileError('The file has a line of column names but no rows below it.');
  const styles = decideStyles(evidence);
  const found = columns.map((column, index) => ({ ...column, style: styles[index] ?? column.style }));
  refuseMissingHeader(found);
  return { encoding, delimiter, columns: found, rows, isErrorReport: found.some(({ name }) => name === REASON_COLUMN) };
}

async function sniff(source: ImportSource, encoding: Encoding): Promise<Delimiter> {
  let head = '';
  for await (const chunk of utf8Chunks(source, encoding)) {
    head += chunk.toString('utf8');
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return sniffDelimiter(head.slice(0, HEAD_CHARACTERS));
}

/** Column names, made distinct: a second "Date" becomes "Date (2)", a nameless third one "Column 3". */
function readHeader({ cells }: RawRecord): FileColumn[] {
  if (cells.length > MAX_COLUMNS) {
    throw new ImportFileError(`The first line has ${cells.length} columns; at most ${MAX_COLUMNS} are read.`);
  }
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const base = cell.trim().replace(/\s+/g, ' ').slice(0, 290) || `Column ${index + 1}`;
    let name = base;
    for (let copy = 2; taken.has(name); copy++) name = `${base} (${copy})`;
    taken.add(name);
    return { name, samples: [], style: { dates: 'none', decimals: 'none', unclearExample: null } };
  });
}

function collect(
  { cells }: RawRecord,
  columns: readonly FileColumn[],
  evidence: readonly ColumnEvidence[],
  isSample: boolean,
): void {
  const width = Math.min(cells.length, columns.length);
  for (let index = 0; index < width; index++) {
    const cell = cells[index] as string;
    if (cell === '') continue;
    evidence[index]?.add(cell);
    const samples = columns[index]?.samples;
    if (isSample && samples && samples.length < MAX_SAMPLES)
      samples.push(cell.slice(0, SAMPLE_CHARACTERS).replaceAll('\0', '\ufffd'));
  }
}

const DATA_SHAPED = /^[\s\p{Sc}]*[-+]?\d[\d.,:/\s-]*%?$|^[^\s@]+@[^\s@]+\.\w+$/u;

/** A first line with numbers, dates or addresses in it is data, not names. */
function refuseMissingHeader(columns: readonly FileColumn[]): void {
  const suspicious = columns.find(({ name }) => DATA_SHAPED.test(name) && !/^(19|20)\d\d$/.test(name));
  if (suspicious) {
    throw new ImportFileError(
      `The first line must hold the names of the columns, but it contains "${suspicious.name.slice(0, 60)}". Add a line with the names on top and import the file again.`,
    );
  }
}
