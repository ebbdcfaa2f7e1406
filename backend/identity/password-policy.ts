import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { PasswordStrength } from '../contracts/account.ts';
import { invalid } from '../http/index.ts';
import { reasonOf } from './password-reasons.ts';

/** Characters a person counts (code points after NFC), not UTF-16 units. */
const MIN_CHARACTERS = 12;
/** zxcvbn's scale ends at 4; 3 withstands 10^8 guesses and more. */
const MIN_SCORE = 3;
/** Its time grows fast with the length; what comes after these characters can only make a password stronger. */
const JUDGED_CHARACTERS = 128;
/** Parts of names shorter than this occur in everything. */
const MIN_PART = 3;

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
  const { score, feedback } = (await loadJudge()).check(
    characters.slice(0, JUDGED_CHARACTERS).join(''),
    personalWords(owner),
  );
  if (characters.length < MIN_CHARACTERS) {
    const missing = MIN_CHARACTERS - characters.length;
    return { score: Math.min(score, MIN_SCORE - 1), text: `needs ${missing} more ${plural(missing)}` };
  }
  return { score, text: score < MIN_SCORE ? reasonOf(feedback.warning) : null };
}

const plural = (count: number): string => (count === 1 ? 'character' : 'characters');

/** Lets a good password pass. @throws ProblemError invalid at `pointer`, with what to do instead */
export async function assertGoodPassword(
  password: string,
  owner: PasswordOwner = {},
  pointer = '/password',
): Promise<void> {
  const { text } = await weaknessOf(password, owner);
  if (text !== null) throw invalid(pointer, text);
}
