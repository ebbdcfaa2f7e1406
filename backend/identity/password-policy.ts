import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { PasswordStrength } from '../contracts/account.ts';
import { invalid } from '../http/index.ts';
import { reasonOf } from './password-reasons.ts';

/** Characters a person counts (code points after NFC), not UTF-16 units. */
const MIN_CHARACTERS = 12;
/** zxcvbn's scale ends at 4; 3 withstands 10^8 guesses and more. */
const MIN_SCORE = 3;
/**
 * zxcvbn's time grows fast with the length and with the substitutions (@ for a) it undoes: these bounds keep the
 * worst text below the time of one hash. What comes after the judged characters can only make a password stronger.
 */
const JUDGED_CHARACTERS = 64;
const MAX_SUBSTITUTIONS = 8;
/** Parts of names shorter than this occur in everything. */
const MIN_PART = 3;
/** Letters and digits that must be left of a password without the person's own words. */
const MIN_OWN_CHARACTERS = 8;

/** Whose password it is: nobody may use their own name or address as one. */
export interface PasswordOwner {
  email?: string | null | undefined;
  name?: string | null | undefined;
}

let judge: Promise<ZxcvbnFactory> | null = null;

/** The dictionaries (some 1.5 MB) are loaded when the first password is chosen, once per process. */
function loadJudge(): Promise<ZxcvbnFactory> {
  judge ??= Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]).then(
    ([{ ZxcvbnFactory }, common, english]) =>
      new ZxcvbnFactory({
        dictionary: { ...common.dictionary, ...english.dictionary },
        graphs: common.adjacencyGraphs,
        maxLength: JUDGED_CHARACTERS,
        l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
      }),
  );
  return judge;
}

/** Words that anybody who knows the person would try first. */
function personalWords({ email, name }: PasswordOwner): string[] {
  const whole = [email ?? '', name ?? ''].map((text) => text.normalize('NFC').slice(0, 254));
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  const words = [...whole, ...parts, parts.join(''), 'salespulse'];
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= MIN_PART))];
}

/** Own words joined by dots and a year look long to zxcvbn, which expects guessers who don't know the person. */
function isPersonal(password: string, words: readonly string[]): boolean {
  const lower = password.toLowerCase();
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), lower);
  return rest !== lower && rest.replace(/[^\p{L}\p{N}]/gu, '').length < MIN_OWN_CHARACTERS;
}

/**
 * How hard the password would be to guess, and in one sentence what is wrong with it. Twelve characters of any
 * script, a zxcvbn score of 3, nothing that is on lists of used passwords or taken from the person's own name.
 */
export async function judgePassword(password: string, owner: PasswordOwner = {}): Promise<PasswordStrength> {
  const reason = await weaknessOf(password, owner);
  return {
    score: reason.score,
    isAcceptable: reason.text === null,
    message: reason.text === null ? null : `The password ${reason.text}.`,
  };
}

async function weaknessOf(password: string, owner: PasswordOwner): Promise<{ score: number; text: string | null }> {
  const characters = [...password.normalize('NFC')];
  const judged = characters.slice(0, JUDGED_CHARACTERS).join('');
  const words = personalWords(owner);
  const { score, feedback } = (await loadJudge()).check(judged, words);
  const tooWeak = (text: string) => ({ score: Math.min(score, MIN_SCORE - 1), text });
  const missing = MIN_CHARACTERS - characters.length;
  if (missing > 0) return tooWeak(`needs ${missing} more ${missing === 1 ? 'character' : 'characters'}`);
  if (score < MIN_SCORE) return tooWeak(reasonOf(feedback.warning));
  return isPersonal(judged, words) ? tooWeak(reasonOf('userInputs')) : { score, text: null };
}

/** Lets a good password pass. @throws ProblemError invalid at `pointer`, with what to do instead */
export async function assertGoodPassword(
  password: string,
  owner: PasswordOwner = {},
  pointer = '/password',
): Promise<void> {
  const { text } = await weaknessOf(password, owner);
  if (text !== null) throw invalid(pointer, text);
}
