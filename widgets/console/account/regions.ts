import type { Option } from '../parts/fields.ts';

/** Languages with their regions that differ in how numbers and dates are written. */
const tags = [
  'cs-CZ',
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-US',
  'es-ES',
  'es-MX',
  'fi-FI',
  'fr-BE',
  'fr-CH',
  'fr-FR',
  'hu-HU',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nb-NO',
  'nl-BE',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sk-SK',
  'sl-SI',
  'sv-SE',
  'tr-TR',
  'uk-UA',
  'zh-CN',
];

/** Languages to choose from, by their names; one that somebody already has is always among them. */
export function languages(own: string | null): readonly Option[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const all = own === null || tags.includes(own) ? tags : [...tags, own];
  return all
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** Time zones by their IANA names; one that this browser doesn't list is kept. */
export function timeZones(own: string): readonly Option[] {
  const known = Intl.supportedValuesOf('timeZone');
  const all = known.includes(own) ? known : [...known, own].sort();
  return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
