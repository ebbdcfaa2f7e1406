import { describe, expect, it } from 'vitest';
import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import type { Scope } from '../../../../backend/contracts/auth.ts';
import { ApiError } from '../../../../widgets/base/api.ts';
import { rightProblems } from '../../../../widgets/console/administration/rights/right-problems.ts';
import {
  countGranted,
  grantableRights,
  noRights,
  rightsDiff,
  withFields,
  withinReach,
  withScope,
} from '../../../../widgets/console/administration/rights/rights.ts';

const permission = (name: string, scopes: Scope[], grantable: Scope) => ({
  name,
  label: `Label of ${name}`,
  description: '',
  scopes,
  grantable,
  isInPerson: false,
});
const catalogue: PermissionCatalogue = {
  groups: [
    {
      key: 'lead',
      label: 'Leads',
      permissions: [
        permission('lead.read', ['none', 'own', 'team', 'all'], 'team'),
        permission('lead.write', ['none', 'own', 'team', 'all'], 'own'),
      ],
    },
    { key: 'role', label: 'Roles', permissions: [permission('role.read', ['none', 'all'], 'team')] },
  ],
  fieldGroups: [
    { key: 'cost', label: 'Costs', description: '', isGrantable: true },
    { key: 'secret', label: 'Secrets', description: '', isGrantable: false },
  ],
};

describe('rightsDiff', () => {
  it('names what differs in the order of the catalogue, missing permissions being none', () => {
    const before = { permissions: { 'role.read': 'all', 'lead.read': 'own' } as const, fieldGroups: ['cost'] };
    const after = { permissions: { 'lead.write': 'own', 'lead.read': 'own' } as const, fieldGroups: ['secret'] };
    expect(rightsDiff(catalogue, before, after)).toEqual([
      { name: 'lead.write', label: 'Leads, Label of lead.write', from: 'none', to: 'own' },
      { name: 'role.read', label: 'Roles, Label of role.read', from: 'all', to: 'none' },
      { name: 'cost', label: 'Costs', from: 'seen', to: 'hidden' },
      { name: 'secret', label: 'Secrets', from: 'hidden', to: 'seen' },
    ]);
  });

  it('is empty after a change was taken back', () => {
    const there = withFields(withScope(noRights, 'lead.read', 'team'), 'cost', true);
    const back = withFields(withScope(there, 'lead.read', 'none'), 'cost', false);
    expect(rightsDiff(catalogue, noRights, there)).toHaveLength(2);
    expect(rightsDiff(catalogue, noRights, back)).toEqual([]);
    expect(back).toEqual(noRights);
  });
});

describe('withinReach', () => {
  it('narrows each right to what the person may give, and to a width that is offered', () => {
    const wanted = {
      permissions: { 'lead.read': 'all', 'lead.write': 'own', 'role.read': 'all' } as const,
      fieldGroups: ['cost', 'secret'],
    };
    // role.read is only there for all or nobody, and team is as far as this person goes.
    expect(withinReach(catalogue, wanted)).toEqual({
      permissions: { 'lead.read': 'team', 'lead.write': 'own' },
      fieldGroups: ['cost'],
    });
  });

  it('never widens a right', () => {
    const wanted = { permissions: { 'lead.read': 'own' } as const, fieldGroups: [] };
    expect(withinReach(catalogue, wanted)).toEqual(wanted);
  });
});

describe('grantableRights', () => {
  it('is all that may be given, or what only reads', () => {
    expect(grantableRights(catalogue).permissions).toEqual({ 'lead.read': 'team', 'lead.write': 'own' });
    expect(grantableRights(catalogue, { isReadOnly: true }).permissions).toEqual({ 'lead.read': 'team' });
  });
});

describe('rightProblems', () => {
  it('finds the rows a refusal is about and speaks of them in the words of the grid', () => {
    const message = 'would open nothing: give lead.read with the same reach too';
    const errors = [
      { pointer: '/permissions/lead.write', message },
      { pointer: '/name', message: 'must not be empty' },
    ];
    const refusal = new ApiError({ status: 422, code: 'invalid', detail: '', errors });
    const [[name, text] = [], ...others] = [...rightProblems(catalogue, refusal)];
    expect(others).toEqual([]);
    expect(name).toBe('lead.write');
    expect(text).not.toContain('lead.read');
    expect(rightProblems(catalogue, new Error('other')).size).toBe(0);
  });
});

it('counts what is granted, not what is named', () => {
  expect(countGranted({ permissions: { 'lead.read': 'own', 'lead.write': 'none' }, fieldGroups: [] })).toBe(1);
});
