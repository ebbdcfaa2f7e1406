import { type Dictionary, type Messages, translate, type Variables } from '../base/i18n.ts';

const sources: Messages[] = [];

/** Makes the texts of a part of the console known; each part brings its own, so that they load with it. */
export function addMessages(en: Dictionary): void {
  sources.push({ en });
}

/** The text for `key` in the language of the page. */
export function t(key: string, variables?: Variables): string {
  const { lang } = globalThis.document?.documentElement ?? {};
  return translate(sources, lang || 'en', key, variables);
}
