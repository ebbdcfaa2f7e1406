import { describe, expect, it } from 'vitest';
import type { Me, Scope } from '../../../backend/contracts/auth.ts';
import { can, canOn } from '../../../widgets/console/app.ts';
import { startPath } from '../../../widgets/console/shell/navigation.ts';

const me = (permissions: Record<string, Scope>): Me => ({
  id: 'me',
  email: null,
  name: 'Mona',
  role: { id: 'r', key: 'rep', name: 'Rep' },
  team: { id: 'north', name: 'North' },
  permissions,
  fieldGroups: [],
  locale: null,
  timeZone: 'UTC',
  currency: 'EUR',
  mustAddSecondStep: false,
});
const mine = { owner: { id: 'me' }, team: { id: 'south' } };
const ours = { owner: { id: 'you' }, team: { id: 'north' } };
const theirs = { owner: { id: 'they' }, team: { id: 'south' } };

describe('canOn', () => {
  it.each([
    ['all', [true, true, true]],
    ['team', [true, true, false]],
    ['own', [true, false, false]],
    ['none', [false, false, false]],
  ] as const)('reaches as far as the scope %s', (scope, expected) => {
    const person = me({ 'lead.write': scope });
    expect([mine, ours, theirs].map((record) => canOn(person, 'lead.write', record))).toEqual(expected);
  });

  it('takes a missing permission for none', () => {
    expect(can(me({}), 'lead.read')).toBe(false);
    expect(canOn(me({}), 'lead.write', mine)).toBe(false);
  });
});

describe('startPath', () => {
  it('is the first page the role includes', () => {
    expect(startPath(me({ 'analytics.read': 'own' }))).toBe('/');
    expect(startPath(me({ 'contact.read': 'all', 'lead.read': 'own' }))).toBe('/board/leads');
    expect(startPath(me({}))).toBe('/');
  });
});
