import bcrypt from 'bcrypt';
import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../backend/identity/index.ts';
import { testConfig } from '../support/config.ts';

// As in production: with the real cost.
const { secret } = testConfig();
const config = { secret };

it('accepts the password it hashed and no other', async () => {
  const hash = await hashPassword(config, 'grüne Wiese 🌿');
  expect(await verifyPassword(config, 'grüne Wiese 🌿', hash)).toBe(true);
  expect(await verifyPassword(config, 'grüne Wiese 🌵', hash)).toBe(false);
});

it('counts what comes after the 72 bytes that bcrypt itself looks at', async () => {
  const long = 'x'.repeat(100);
  const hash = await hashPassword(config, `${long}a`);
  expect(await verifyPassword(config, `${long}b`, hash)).toBe(false);
  expect(await verifyPassword(config, `${long}a`, hash)).toBe(true);
});

it('counts what comes after a NUL character', async () => {
  const hash = await hashPassword(config, 'before\0after');
  expect(await verifyPassword(config, 'before\0other', hash)).toBe(false);
});

it('takes the same text typed composed and decomposed', async () => {
  const hash = await hashPassword(config, 'caf\u00e9 latte please');
  expect(await verifyPassword(config, 'cafe\u0301 latte please', hash)).toBe(true);
});

it('is worth nothing without the secret of this installation', async () => {
  const hash = await hashPassword(config, 'correct horse battery');
  const other = testConfig({ SECRET_KEY: 'another secret with 9 kinds of Characters: 7Lz0pQxk2J8f' });
  expect(await verifyPassword(other, 'correct horse battery', hash)).toBe(false);
  expect(await bcrypt.compare('correct horse battery', hash)).toBe(false);
  expect(bcrypt.getRounds(hash)).toBe(12);
});

it('refuses an account without a password after hashing all the same', async () => {
  expect(await verifyPassword(config, 'no HMAC in base64 looks like this', null)).toBe(false);
});
