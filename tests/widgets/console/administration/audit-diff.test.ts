import { describe, expect, it } from 'vitest';
import { auditDiff } from '../../../../widgets/console/administration/audit/audit-diff.ts';
import { actionText, pathText, recordAddress } from '../../../../widgets/console/administration/audit/audit-words.ts';

const told = (before: unknown, after: unknown) =>
  auditDiff(before, after).map(({ path, before: old, after: fresh, kind }) => [path.join('.'), kind, old, fresh]);

describe('auditDiff', () => {
  it('names only what differs, nested values by their path', () => {
    const before = { name: 'Ada', role: { id: 'r1', name: 'Rep' }, team: null, tags: ['a', 'b'], version: 1 };
    const after = {
      name: 'Ada',
      role: { id: 'r2', name: 'Manager' },
      team: { name: 'North' },
      tags: ['a'],
      version: 2,
    };
    expect(told(before, after)).toEqual([
      ['role.id', 'changed', 'r1', 'r2'],
      ['role.name', 'changed', 'Rep', 'Manager'],
      ['team.name', 'added', undefined, 'North'],
      ['tags', 'changed', ['a', 'b'], ['a']],
      ['version', 'changed', 1, 2],
    ]);
  });

  it('lists every field of a record that was made or deleted', () => {
    const record = { name: 'Ada', security: { totp: false } };
    expect(told(undefined, record)).toEqual([
      ['name', 'added', undefined, 'Ada'],
      ['security.totp', 'added', undefined, false],
    ]);
    expect(told(record, null).map(([path, kind]) => [path, kind])).toEqual([
      ['name', 'removed'],
      ['security.totp', 'removed'],
    ]);
  });

  it('reads money and lists as one value, and looks into lists of records', () => {
    const before = { value: { amount: '1', currency: 'EUR' }, rows: [{ claim: 'x' }] };
    const after = { value: { amount: '2', currency: 'EUR' }, rows: [{ claim: 'x' }, { claim: 'y' }] };
    expect(told(before, after)).toEqual([
      ['value', 'changed', { amount: '1', currency: 'EUR' }, { amount: '2', currency: 'EUR' }],
      ['rows.2.claim', 'added', undefined, 'y'],
    ]);
  });

  it('does not take another order of keys for a change', () => {
    expect(told({ a: { x: 1, y: 2 }, b: 1 }, { b: 1, a: { y: 2, x: 1 } })).toEqual([]);
  });

  it('tells false from nothing, and a value from the record that took its place', () => {
    expect(told({ on: false }, { on: null })).toEqual([['on', 'removed', false, null]]);
    expect(told({ team: 'North' }, { team: { name: 'North' } })).toEqual([
      ['team', 'changed', 'North', { name: 'North' }],
    ]);
    expect(told('old', 'new')).toEqual([['', 'changed', 'old', 'new']]);
  });
});

describe('the words of the audit log', () => {
  it('are read from names where there is no text', () => {
    expect(actionText('user.password-reset-forced')).toBe('Password reset forced');
    expect(pathText(['allowedOrigins', '2', 'defaultRoleId'])).toBe('Allowed origins › 2 › default role id');
  });

  it('lead to the page of the record', () => {
    expect(recordAddress({ entity: 'lead', entityId: 'a b' })).toBe('/leads/a%20b');
    expect(recordAddress({ entity: 'settings', entityId: 'sign-in' })).toBe('/settings/sign-in');
    expect(recordAddress({ entity: 'robot', entityId: '1' })).toBeNull();
  });
});
