import type { Random } from './random.ts';
import { COMPANY_WORDS } from './words/company-names.ts';
import type { Market } from './words/markets.ts';
import { NAMES } from './words/people-names.ts';

const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', å: 'a', ł: 'l', đ: 'd' };

/** Lower-case letters and digits of ASCII, other runs replaced by `separator`: for addresses. */
export function slug(text: string, separator: string): string {
  return text
    .toLowerCase()
    .replace(/[ßøæåłđ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, separator)
    .replace(/^[-.]+|[-.]+$/g, '');
}

export const personName = (random: Random, market: Market): string => {
  const { given, family } = NAMES[random.pick(market.cultures)];
  return `${random.pick(given)} ${random.pick(family)}`;
};

export const phoneNumber = (random: Random, market: Market): string =>
  `${market.phone} ${random.int(200, 899)} 5${String(random.int(0, 9999)).padStart(4, '0')}`;

export interface CompanyName {
  name: string;
  industry: string;
  /** below .example, which nobody can own */
  domain: string;
}

/** A plausible company of that country. Names may repeat; who needs a new one asks again. */
export function companyName(random: Random, market: Market): CompanyName {
  const { stems, trades } = COMPANY_WORDS[market.style];
  const stem = random.pick(stems);
  const second = random.chance(0.28) ? random.pick(stems) : stem;
  const { word, industry } = random.pick(trades);
  const short = second === stem ? `${stem} ${word}` : `${stem} & ${second}`;
  return {
    name: `${short} ${random.pick(market.forms)}`,
    industry,
    domain: `${slug(short.replace(' & ', '-'), '-')}.example`,
  };
}

/** first.last@domain */
export const emailAddress = (name: string, domain: string): string => `${slug(name, '.')}@${domain}`;
