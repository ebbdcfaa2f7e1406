const BLOCK_CHARACTERS = 256 * 1024;
const SPECIAL = /[\\\t\n\r]/;
const EVERY_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/**
 * Rows in COPY's text format, in blocks of about 256 KiB.
 *
 * Source: PostgreSQL manual, COPY, "Text Format": tab between columns, `\N` for null, backslash escapes.
 */
export function* copyText(rows: Iterable<readonly (string | null)[]>): Generator<string> {
  let block = '';
  for (const row of rows) {
    for (let index = 0; index < row.length; index++) {
      const value = row[index] ?? null;
      if (index > 0) block += '\t';
      block += value === null ? '\\N' : SPECIAL.test(value) ? escapeText(value) : value;
    }
    block += '\n';
    if (block.length >= BLOCK_CHARACTERS) {
      yield block;
      block = '';
    }
  }
  if (block) yield block;
}

function escapeText(value: string): string {
  return value.replace(EVERY_SPECIAL, (character) => ESCAPES[character] ?? character);
}
