import type { ImportField } from '../entities/field.ts';
import { nameKey } from '../name-key.ts';
import type { FileColumn } from '../reading/inspect.ts';
import { CellProblem } from '../values/cell-problem.ts';
import { cellParser } from '../values/parse-cell.ts';

const EXACT = 100;
const CONTAINED = 50;
const SHAPE_ONLY = 30;
/** Share of a column's samples that must fit a field for the names to count. */
const FITTING = 0.6;
const SAMPLES = 50;
/** Scores of names that are the field's own or a known other name of it. */
const PLAIN_NAME = 80;
const ENOUGH_SAMPLES = 5;
/** Words too common to recognise a column by one of them alone. */
const COMMON = new Set(
  'date name id title type status total value cost sales price lead item account company customer product day month size rep agent open owner user group close number phase location code'.split(
    ' ',
  ),
);
/** A column with such a word holds keys of another program, not names. */
const KEY_WORDS = new Set(['id', 'number', 'code', 'key', 'nr', 'nummer', 'guid', 'uuid', 'type', 'count']);

const wordsOf = (text: string): string[] =>
  text
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** How well a column's name says that it is the field; 0: not at all. */
function nameScore(column: string, field: ImportField): number {
  const key = nameKey(column);
  const names = [field.key, field.label, ...field.synonyms];
  const at = field.synonyms.findIndex((name) => nameKey(name) === key);
  if (at >= 0) return EXACT - Math.min(at, 15);
  if (names.some((name) => nameKey(name) === key)) return EXACT - 5;
  const words = new Set(wordsOf(column));
  let best = 0;
  for (const name of names) {
    const wanted = wordsOf(name);
    const isTelling = wanted.length > 1 || !COMMON.has(wanted[0] ?? '');
    if (!isTelling || nameKey(name).length < 4 || !wanted.every((word) => words.has(word))) continue;
    const rest = [...words].filter((word) => !wanted.includes(word));
    if (rest.some((word) => KEY_WORDS.has(word))) continue;
    best = Math.max(best, CONTAINED + 3 * wanted.length - rest.length);
  }
  return best;
}

/**
 * Do the column's cells look like the field's values? Any way of writing dates and numbers counts. A name that
 * says it plainly is believed unless nothing fits: then the rows say what is wrong with them.
 */
function fits(column: FileColumn, field: ImportField, score: number): boolean {
  const samples = column.samples.slice(0, SAMPLES);
  if (samples.length === 0) return true;
  const parsers = (['dmy', 'mdy'] as const).flatMap((dates) =>
    (['point', 'comma'] as const).map((decimals) =>
      cellParser(field, { dates, decimals, isUndecided: false, isPercent: true }),
    ),
  );
  const good = samples.filter((sample) => parsers.some((parse) => !(parse(sample) instanceof CellProblem)));
  if (score >= PLAIN_NAME) return good.length > 0 || samples.length < ENOUGH_SAMPLES;
  return good.length >= samples.length * FITTING;
}

/**
 * The field each column most likely holds, by its name in several languages and programs and by the shape of
 * its values; null where nothing fits. No field is given twice.
 */
export function guessMapping(
  columns: readonly FileColumn[],
  fields: readonly ImportField[],
): Map<FileColumn, ImportField | null> {
  const pairs = columns.flatMap((column) =>
    fields
      .map((field) => ({ column, field, score: nameScore(column.name, field) }))
      .map((pair) =>
        pair.score === 0 && pair.field.kind === 'email' && pair.column.samples.length > 0
          ? { ...pair, score: SHAPE_ONLY }
          : pair,
      )
      .filter(({ score, field }) => score > 0 && fits(column, field, score)),
  );
  pairs.sort((a, b) => b.score - a.score);
  const guess = new Map<FileColumn, ImportField | null>(columns.map((column) => [column, null]));
  const given = new Set<ImportField>();
  for (const { column, field } of pairs) {
    if (guess.get(column) || given.has(field)) continue;
    guess.set(column, field);
    given.add(field);
  }
  return guess;
}
