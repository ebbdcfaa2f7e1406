import { parse } from 'csv-parse';
import { ImportFileError } from '../import-file-error.ts';

/** A record longer than this is a broken file (or an attack), not data. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** One record of the file, with the line it starts on (the first line is 1). */
export interface RawRecord {
  line: number;
  cells: string[];
}

/**
 * The records of delimited UTF-8 text, in groups as they come; empty lines are left out. Memory stays
 * bounded by one chunk and one record. `skippedLines`: lines that the caller has left out so far.
 *
 * @throws ImportFileError one sentence with the line, for broken quoting and endless records
 */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  skippedLines: () => number = () => 0,
): AsyncGenerator<RawRecord[]> {
  let group: RawRecord[] = [];
  let lastLine = 0; // where the record before ended, by our count
  let parserLine = 0; // the same by the parser's, which counts CRLF inside quotes twice
  let failure: Error | null = null;
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
    on_record(cells: string[], context) {
      const line = lastLine + 1;
      lastLine = context.lines - parserLine === 1 ? line : line + lineBreaks(cells);
      parserLine = context.lines;
      if (cells.length > 1 || cells[0]?.trim()) group.push({ line, cells });
      return null; // collected here: the parser's own queue of objects costs more than the parsing
    },
  });
  parser.on('error', (error) => {
    failure = error;
  });
  parser.resume();
  for await (const chunk of chunks) {
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
    if (failure) throw sentence(failure, lastLine + 1 + skippedLines());
    if (group.length > 0) {
      yield group;
      group = [];
    }
  }
  await new Promise<void>((resolve) => {
    parser.once('end', resolve);
    parser.once('error', () => resolve());
    parser.end();
  });
  if (failure) throw sentence(failure, lastLine + 1 + skippedLines());
  if (group.length > 0) yield group;
}

function lineBreaks(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) count += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  return count;
}

function sentence(error: Error & { code?: string }, line: number): ImportFileError {
  const options = { cause: error };
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new ImportFileError(
        `The row that starts on line ${line} is longer than 1 MiB. Is this a CSV file, and is every quotation mark closed? Nothing was imported.`,
        options,
      );
    case 'CSV_QUOTE_NOT_CLOSED':
      return new ImportFileError(
        `A quotation mark in the row that starts on line ${line} is never closed. Close it (or write "" for a quotation mark inside quotes) and import the file again; nothing was imported.`,
        options,
      );
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new ImportFileError(
        `The quotation marks in the row that starts on line ${line} are broken. A value that contains quotation marks is written in quotes, with each inner mark doubled: "5"" pipe". Nothing was imported.`,
        options,
      );
    default:
      return new ImportFileError(
        `The row that starts on line ${line} cannot be read as CSV. Nothing was imported.`,
        options,
      );
  }
}
