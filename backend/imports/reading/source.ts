import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ImportFileError } from '../import-file-error.ts';

const READ_BYTES = 256 * 1024;

/** Where the bytes of a file come from; opened once for looking at it and once for importing it. */
export interface ImportSource {
  fileName: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A file on disk. @throws ImportFileError when it is not there or can't be read */
export async function fileSource(file: string): Promise<ImportSource> {
  try {
    if (!(await stat(file)).isFile()) throw new ImportFileError(`${file} is not a file.`);
  } catch (error) {
    if (error instanceof ImportFileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ImportFileError(
      code === 'ENOENT' ? `There is no file ${file}.` : `The file ${file} cannot be read (${code}).`,
      { cause: error },
    );
  }
  return {
    fileName: path.basename(file),
    async *open() {
      try {
        yield* createReadStream(file, { highWaterMark: READ_BYTES });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new ImportFileError(`The file ${file} cannot be read (${code}).`, { cause: error });
      }
    },
  };
}

/** Bytes in memory. */
export function memorySource(fileName: string, ...chunks: Uint8Array[]): ImportSource {
  return {
    fileName,
    async *open() {
      yield* chunks;
    },
  };
}
