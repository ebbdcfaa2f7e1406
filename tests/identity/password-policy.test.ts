import { describe, expect, it } from 'vitest';
import { assertGoodPassword, judgePassword, needsRehash } from '../../backend/identity/index.ts';
import { testConfig } from '../support/config.ts';

const owner = { email: 'rolf.regner@example.com', name: 'Rolf Regner' };
const judged = (password: string) => judgePassword(password, owner);

describe('what is taken', () => {
  it.each([
    'correct horse battery staple',
    'Пять тихих кошек на крыше',
    '七匹の猫が静かに屋根の上で眠る夜',
    '🌵🎲🦊🚲🏔🎺🍕🐝🌿🎉🐳😀',
  ])('%s', async (password) => {
    expect(await judged(password)).toMatchObject({ isAcceptable: true, message: null });
  });
});

it('takes the longest passwords without thinking long about them', async () => {
  expect(await judged('a quiet heron wades past the mill; '.repeat(29))).toMatchObject({ isAcceptable: true });
});

describe('what is refused, and why', () => {
  it.each([
    ['short', /needs 7 more characters\.$/],
    ['elevenchars', /needs 1 more character\.$/],
    ['password1234', /lists of passwords that are tried first; take four/],
    ['P@ssw0rd2026!', /tried first|too easy|year/],
    ['qwertyuiop12', /tried first|keys/],
    ['aaaaaaaaaaaaaaaa', /repeats the same characters/],
    ['Rolf.Regner.2026', /made of your name/],
    ['rolf.regner@example.com', /made of your name|your address/],
    ['SalesPulse-2026', /name of this product|too easy/],
  ])('%s', async (password, message) => {
    const answer = await judged(password);
    expect(answer.isAcceptable).toBe(false);
    expect(answer.score).toBeLessThan(3);
    expect(answer.message).toMatch(message);
    expect(answer.message?.match(/\. /)).toBeNull();
  });

  it('six pictures, though they take twelve units of UTF-16', async () => {
    expect((await judged('🌵🎲🦊🚲🏔🎺')).message).toMatch(/needs 6 more characters/);
  });

  it('twelve letters typed decomposed are as many as composed', async () => {
    const password = 'é'.repeat(3) + 'ü'.repeat(3);
    expect((await judged(password.normalize('NFD'))).message).toBe((await judged(password)).message);
  });

  it('as a problem with the field it was given in', async () => {
    await expect(assertGoodPassword('password1234', owner, '/newPassword')).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/newPassword', message: expect.stringMatching(/^is /) }],
    });
  });
});

describe('re-hashing', () => {
  const { secret } = testConfig();
  const production = { secret };

  it('is needed for other costs and other kinds of hash', () => {
    expect(needsRehash(production, `$2b$12$${'x'.repeat(53)}`)).toBe(false);
    for (const start of ['$2b$10$', '$2a$12$', '$2b$13$', '$argon2id$']) {
      expect(needsRehash(production, start + 'x'.repeat(53)), start).toBe(true);
    }
  });
});
