import type { Scope } from '../contracts/auth.ts';
import type { FieldGroup } from './field-groups.ts';

/** Everything a role can be allowed, in the order an administrator reads it. */
export const permissions = [
  'lead.read',
  'lead.write',
  'lead.delete',
  'opportunity.read',
  'opportunity.write',
  'opportunity.delete',
  'account.read',
  'account.write',
  'account.delete',
  'contact.read',
  'contact.write',
  'contact.delete',
  'task.read',
  'task.write',
  'sale.read',
  'product.read',
  'spend.read',
  'analytics.read',
  'target.manage',
  'import.run',
  'user.read',
  'user.manage',
  'role.read',
  'role.manage',
  'team.manage',
  'audit.read',
  'api-key.manage',
  'embed.manage',
  'field.manage',
  'pipeline.manage',
  'automation.manage',
  'view.share',
  'settings.manage',
] as const;
export type Permission = (typeof permissions)[number];

export interface RoleDefinition {
  key: string;
  name: string;
  permissions: Partial<Record<Permission, Scope>>;
  fieldGroups: FieldGroup[];
}

const grant = (scope: Scope, ...names: Permission[]): Partial<Record<Permission, Scope>> =>
  Object.fromEntries(names.map((name) => [name, scope]));

/** The roles every installation has. What is not granted is denied. */
export const builtInRoles: readonly RoleDefinition[] = [
  {
    key: 'admin',
    name: 'Administrator',
    permissions: grant('all', ...permissions),
    fieldGroups: ['cost', 'personal'],
  },
  {
    key: 'manager',
    name: 'Sales manager',
    permissions: {
      ...grant(
        'team',
        'lead.read',
        'lead.write',
        'lead.delete',
        'opportunity.read',
        'opportunity.write',
        'opportunity.delete',
      ),
      ...grant(
        'team',
        'account.read',
        'account.write',
        'account.delete',
        'contact.read',
        'contact.write',
        'contact.delete',
      ),
      ...grant('team', 'task.read', 'task.write', 'sale.read', 'analytics.read', 'spend.read', 'user.read'),
      ...grant('team', 'target.manage'),
      ...grant('all', 'product.read', 'view.share'),
    },
    fieldGroups: ['cost', 'personal'],
  },
  {
    key: 'rep',
    name: 'Sales rep',
    permissions: {
      ...grant(
        'own',
        'lead.read',
        'lead.write',
        'opportunity.read',
        'opportunity.write',
        'account.write',
        'contact.write',
      ),
      ...grant('own', 'task.read', 'task.write', 'sale.read', 'analytics.read'),
      ...grant('team', 'account.read', 'contact.read', 'user.read'),
      ...grant('all', 'product.read'),
    },
    fieldGroups: ['personal'],
  },
  {
    key: 'viewer',
    name: 'Viewer',
    permissions: grant(
      'all',
      'lead.read',
      'opportunity.read',
      'account.read',
      'contact.read',
      'sale.read',
      'product.read',
      'spend.read',
      'analytics.read',
    ),
    fieldGroups: ['cost', 'personal'],
  },
];
