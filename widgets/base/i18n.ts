/** Texts by key; `{name}` stands for a variable. A key with a count has `key.one`, `key.other`, ... beside it. */
export type Dictionary = Readonly<Record<string, string>>;

/** Dictionaries by language or locale. `en` is complete; others may leave keys out. */
export interface Messages {
  readonly en: Dictionary;
  readonly [locale: string]: Dictionary;
}

export type Variables = Readonly<Record<string, string | number>>;

/** `de-AT` looks in de-AT, then de, then en. */
const chain = (locale: string) => [locale, locale.split('-')[0] ?? 'en', 'en'];

/**
 * The text for `key` from the first source that has it, in the best language. A `count` variable picks the
 * plural form. An unknown key is shown as it is: visible, but never a crash.
 */
export function translate(
  sources: readonly (Messages | undefined)[],
  locale: string,
  key: string,
  variables: Variables = {},
): string {
  for (const language of chain(locale)) {
    const keys = [key];
    if (typeof variables.count === 'number') {
      const plural = new Intl.PluralRules(language).select(variables.count);
      keys.unshift(`${key}.${plural}`, `${key}.other`);
    }
    for (const source of sources) {
      const dictionary = source?.[language];
      const text = keys.map((candidate) => dictionary?.[candidate]).find((candidate) => candidate !== undefined);
      if (text !== undefined) {
        return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(variables[name] ?? whole));
      }
    }
  }
  return key;
}
