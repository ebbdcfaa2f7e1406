import { isFieldShown, type Reach } from '../access/index.ts';
import { join, raw, type Sql, sql } from '../db/index.ts';

/** Texts of a record that are searched together, and the fields they are made of. */
export interface SearchedText {
  fields: readonly string[];
  /** in lower case; where an index of the migration holds it, written exactly as there */
  text: Sql;
  /** The text lies in another table: makes a condition on the record of what a text has to have in it. */
  through?: (has: (text: Sql) => Sql) => Sql;
  /** holds telephone numbers, also as digits alone */
  hasDigits?: boolean;
}

/** How to reach a person: what the index of leads and of contacts holds. */
export const personalText: SearchedText = {
  fields: ['email', 'phone'],
  text: raw(
    String.raw`lower(coalesce(r.email, '') || ' ' || coalesce(r.phone, '') || ' ' || regexp_replace(coalesce(r.phone, ''), '\D', '', 'g'))`,
  ),
  hasDigits: true,
};

export interface SearchedKind {
  readonly entity: string;
  readonly searched: readonly SearchedText[];
}

/** The texts that a reach shows: what is hidden can't be guessed by searching. */
export const shownTexts = ({ entity, searched }: SearchedKind, reach: Pick<Reach, 'fields'>): SearchedText[] =>
  searched.filter(({ fields }) => fields.every((field) => isFieldShown(entity, field, reach)));

/** For LIKE: every character stands for itself. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const PHONE = /^[+(]?\d[\d\s()./-]*$/;
const STARTS_A_WORD = /^[\p{L}\p{N}]/u;
/** Only such pieces are in an index: words without one are looked for where words begin. */
const INDEXED = /[\p{L}\p{N}]{3}/u;

/** The digits of what looks like a telephone number, without leading zeros (a country code may stand there); else null. */
export function phoneDigits(q: string): string | null {
  const digits = PHONE.test(q) ? q.replace(/\D/g, '').replace(/^0+/, '') : '';
  return digits === '' ? null : digits;
}

/** The condition that `text` has `part` in it; a short one at the beginning of a word. */
export function hasPart(text: Sql, part: string): Sql {
  const pattern = likeText(part);
  if (INDEXED.test(part) || !STARTS_A_WORD.test(part)) return sql`${text} like lower(${`%${pattern}%`})`;
  return sql`(${text} like lower(${`${pattern}%`}) or ${text} like lower(${`% ${pattern}%`}))`;
}

const MAX_WORDS = 8;

/** The condition that each word of `q` is found in a text which the reach shows; or all of it as a telephone number. */
export function searchSql(kind: SearchedKind, reach: Pick<Reach, 'fields'>, q: string): Sql {
  const shown = shownTexts(kind, reach);
  const digits = phoneDigits(q);
  const words = q
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
  const anywhere = (part: string): Sql => {
    const has = (text: Sql) => hasPart(text, part);
    const found = shown.map(({ text, through }) => through?.(has) ?? has(text));
    return found.length === 0 ? raw('false') : sql`(${join(found, ' or ')})`;
  };
  if (words.length === 0) return raw('true');
  if (digits === null) return sql`(${join(words.map(anywhere), ' and ')})`;
  const phones = shown.filter(({ hasDigits }) => hasDigits).map(({ text }) => hasPart(text, digits));
  return sql`(${join([anywhere(q), ...phones], ' or ')})`;
}
