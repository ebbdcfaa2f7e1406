/** What is wrong, by zxcvbn's name for it; the end of a sentence that begins with "The password". */
const REASONS: Readonly<Record<string, string>> = {
  straightRow: 'is a row of keys',
  keyPattern: 'is a pattern of keys',
  simpleRepeat: 'repeats the same characters',
  extendedRepeat: 'repeats the same characters',
  sequences: 'follows a sequence such as abc or 123',
  recentYears: 'is little more than a year',
  dates: 'is little more than a date',
  topTen: 'is one of the most used passwords of all',
  topHundred: 'is one of the most used passwords of all',
  common: 'is on lists of passwords that are tried first',
  similarToCommon: 'is close to one on the lists of passwords that are tried first',
  wordByItself: 'is little more than one word',
  namesByThemselves: 'is little more than a name',
  commonNames: 'is little more than a name',
  userInputs: 'is made of your name, your address or the name of this product',
};

const ADVICE = 'take four or more words that have nothing to do with each other';

/** The reason with what to do instead; `warning` is zxcvbn's, null when it has none. */
export function reasonOf(warning: string | null): string {
  return `${REASONS[warning ?? ''] ?? 'is too easy to guess'}; ${ADVICE}`;
}
