import { describe, expect, it } from 'vitest';
import { claimedEmail, claimedName, claimValues } from '../../../backend/identity/sso/claims.ts';

const OKTA = 'https://company.okta.com';
const ENTRA = 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0';
const GOOGLE = 'https://accounts.google.com';
const email = 'Nora@Example.com';

describe('the e-mail address', () => {
  it('is verified only when the provider says so', () => {
    for (const yes of [true, 'true', 1, '1'])
      expect(claimedEmail({ email, email_verified: yes }, OKTA)).toEqual({
        address: 'nora@example.com',
        domain: 'example.com',
        isVerified: true,
      });
    for (const no of [false, 'false', 0, null, undefined, 'yes', {}, [true]])
      expect(claimedEmail({ email, email_verified: no }, OKTA)?.isVerified).toBe(false);
  });

  it('counts by the owner of its domain at Entra ID, and nowhere else', () => {
    expect(claimedEmail({ email, xms_edov: true }, ENTRA)?.isVerified).toBe(true);
    expect(claimedEmail({ email, xms_edov: '1' }, ENTRA)?.isVerified).toBe(true);
    expect(claimedEmail({ email }, ENTRA)?.isVerified).toBe(false);
    expect(claimedEmail({ email, xms_edov: true }, OKTA)?.isVerified).toBe(false);
  });

  it('of another domain counts at Google only for members of an organisation', () => {
    expect(claimedEmail({ email, email_verified: true }, GOOGLE)?.isVerified).toBe(false);
    expect(claimedEmail({ email, email_verified: true, hd: 'example.com' }, GOOGLE)?.isVerified).toBe(true);
    expect(claimedEmail({ email: 'nora@gmail.com', email_verified: true }, GOOGLE)?.isVerified).toBe(true);
  });

  it('must be one', () => {
    for (const wrong of [
      undefined,
      null,
      7,
      '',
      'nora',
      'nora@',
      'a@b@c.de',
      'nora@example.com\n',
      ['nora@example.com'],
    ])
      expect(claimedEmail({ email: wrong, email_verified: true }, OKTA)).toBeNull();
  });
});

it('takes the best name there is', () => {
  expect(claimedName({ name: ' Nora New ', given_name: 'N' })).toBe('Nora New');
  expect(claimedName({ given_name: 'Nora', family_name: 'New' })).toBe('Nora New');
  expect(claimedName({ name: '', preferred_username: 'nora' })).toBe('nora');
  expect(claimedName({ name: 'line\nbreak', given_name: 7 })).toBeNull();
});

describe('values of the role claim', () => {
  it('are a string, or the strings of a list', () => {
    expect(claimValues({ role: 'a' }, 'role')).toEqual(['a']);
    expect(claimValues({ role: ['a', 7, null, { b: 1 }, 'b'] }, 'role')).toEqual(['a', 'b']);
    expect(claimValues({ role: { a: 1 } }, 'role')).toEqual([]);
    expect(claimValues({}, 'role')).toEqual([]);
  });

  it('are found by path, and first under a name that has dots itself', () => {
    expect(claimValues({ realm_access: { roles: ['a'] } }, 'realm_access.roles')).toEqual(['a']);
    expect(claimValues({ 'https://example.com/roles': ['a'] }, 'https://example.com/roles')).toEqual(['a']);
    expect(claimValues({ 'a.b': 'own', a: { b: 'path' } }, 'a.b')).toEqual(['own']);
    expect(claimValues({ a: ['x'] }, 'a.0')).toEqual(['x']);
  });

  it('never come from what every object has', () => {
    for (const path of ['constructor.name', '__proto__', 'toString.name', 'role.length'])
      expect(claimValues({ role: 'a' }, path)).toEqual([]);
  });
});
