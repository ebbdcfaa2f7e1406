// npm run import -- --entity E FILE.csv [--mapping M.json] [--dry-run] [--errors OUT.csv]
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type ImportMapping, importEntitySchema, importMappingSchema } from '../contracts/imports.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { ImportOrder } from './operations.ts';
import { explainAndExit, UsageError } from './process.ts';
import { showProgress } from './progress.ts';
import { withStore } from './with-store.ts';

/** Rows were refused; the good ones are in. */
const EXIT_REFUSED_ROWS = 2;

const USAGE = `Usage: npm run import -- --entity ${importEntitySchema.options.join('|')} FILE.csv [--mapping M.json] [--dry-run] [--errors OUT.csv]`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        entity: { type: 'string' },
        mapping: { type: 'string' },
        errors: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence}.\n${USAGE}`);
  }
}

async function readMapping(file: string | undefined): Promise<ImportMapping> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The mapping ${file} cannot be read (${error.code}).`);
  });
  try {
    return importMappingSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `The mapping ${file} must be a JSON object of the form {"column of the file": "field", "other column": null}.`,
    );
  }
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const entity = importEntitySchema.safeParse(values.entity);
  if (!entity.success) {
    const given = values.entity === undefined ? '--entity is missing' : `"${values.entity}" is not something to import`;
    throw new UsageError(`${given}; it is one of ${importEntitySchema.options.join(', ')}.\n${USAGE}`);
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError(`Name one file.\n${USAGE}`);
  const order: ImportOrder = {
    entity: entity.data,
    path: path.resolve(file),
    mapping: await readMapping(values.mapping),
    dryRun: values['dry-run'],
  };
  return withStore(async (operations) => {
    const progress = showProgress(process.stdout);
    const outcome = await operations.importFile(order, progress.update).finally(progress.stop);
    process.stdout.write(`${describeOutcome(outcome, order.dryRun)}\n`);
    const { rejected } = outcome.summary;
    if (values.errors !== undefined && rejected > 0) {
      await pipeline(Readable.from(operations.errorReport(outcome.runId)), createWriteStream(values.errors)).catch(
        (error: NodeJS.ErrnoException) => {
          throw new UsageError(`The refused rows cannot be written to ${values.errors} (${error.code}).`);
        },
      );
      process.stdout.write(
        `The refused rows are in ${values.errors}, each with its reasons. Mend them there and import that file.\n`,
      );
    } else if (rejected > outcome.problems.length) {
      process.stdout.write('Write all of them to a file with --errors OUT.csv.\n');
    }
    return rejected > 0 ? EXIT_REFUSED_ROWS : 0;
  });
}

main().then((code) => process.exit(code), explainAndExit);
