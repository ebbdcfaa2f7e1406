import type { Scope } from '../contracts/auth.ts';
import type { Permission } from './permissions.ts';

/** A permission as an administrator reads it in the grid of a role. */
export interface PermissionMeta {
  label: string;
  /** one sentence: what somebody with it can do */
  description: string;
  /** what it can be set to, from narrow to wide; what does not belong to somebody has no owner to go by */
  scopes: readonly Scope[];
  /**
   * Done in person, so that no API key holds it: with it a key could make keys, change how people sign in, or leave a rule
   * behind that acts with all rights of its owner, and so outlive being revoked.
   */
  isInPerson?: true;
  /** without this one, with at least the same reach where both have one, it would open nothing */
  needs?: Permission;
}

const RECORDS: readonly Scope[] = ['own', 'team', 'all'];
const TEAMS: readonly Scope[] = ['team', 'all'];
const WHOLE: readonly Scope[] = ['all'];

const see = (nouns: string): PermissionMeta => ({
  label: 'See',
  description: `See ${nouns} in lists, boards and pages.`,
  scopes: RECORDS,
});
const change = (nouns: string, needs: Permission): PermissionMeta => ({
  label: 'Create and change',
  description: `Add ${nouns}, change them and give them to other people.`,
  scopes: RECORDS,
  needs,
});
const remove = (nouns: string, needs: Permission): PermissionMeta => ({
  label: 'Delete',
  description: `Delete ${nouns}.`,
  scopes: RECORDS,
  needs,
});

/** What is said about each permission. */
export const permissionMeta: Readonly<Record<Permission, PermissionMeta>> = {
  'lead.read': see('leads'),
  'lead.write': change('leads', 'lead.read'),
  'lead.delete': remove('leads', 'lead.read'),
  'opportunity.read': see('opportunities'),
  'opportunity.write': change('opportunities', 'opportunity.read'),
  'opportunity.delete': remove('opportunities', 'opportunity.read'),
  'account.read': see('accounts'),
  'account.write': change('accounts', 'account.read'),
  'account.delete': remove('accounts', 'account.read'),
  'contact.read': see('contacts'),
  'contact.write': change('contacts', 'contact.read'),
  'contact.delete': remove('contacts', 'contact.read'),
  'task.read': see('tasks'),
  'task.write': {
    label: 'Create and change',
    description: 'Add tasks, change them, tick them off and give them to other people.',
    scopes: RECORDS,
    needs: 'task.read',
  },
  'sale.read': { label: 'See', description: 'See booked sales one by one.', scopes: RECORDS },
  'product.read': { label: 'See', description: 'See the list of products with their prices.', scopes: WHOLE },
  'spend.read': {
    label: 'See',
    description: 'See what was spent on sales and marketing; spend belongs to teams, not to people.',
    scopes: TEAMS,
  },
  'analytics.read': {
    label: 'See',
    description: 'See dashboards, key figures and charts, counted from the records within reach.',
    scopes: RECORDS,
  },
  'target.manage': {
    label: 'Set targets',
    description: 'Set what the company, teams and people are to reach in a month, quarter or year, and change it.',
    scopes: TEAMS,
    needs: 'analytics.read',
  },
  'import.run': {
    label: 'Run',
    description:
      'Bring in files with leads, opportunities, accounts, contacts, products, teams, sales and spend, whoever owns them.',
    scopes: WHOLE,
  },
  'user.read': {
    label: 'See',
    description: 'See people with their role and team, and the list of teams.',
    scopes: RECORDS,
  },
  'user.manage': {
    label: 'Manage',
    description: 'Invite people, change their role and team, deactivate them, and help them back into their account.',
    scopes: TEAMS,
    needs: 'user.read',
  },
  'role.read': { label: 'See', description: 'See roles and what they allow.', scopes: WHOLE },
  'role.manage': {
    label: 'Manage',
    description: 'Create roles, change what they allow, and delete them; never beyond one’s own rights.',
    scopes: WHOLE,
    needs: 'role.read',
  },
  'team.manage': {
    label: 'Manage',
    description: 'Create, rename, move and delete teams.',
    scopes: WHOLE,
    needs: 'user.read',
  },
  'audit.read': {
    label: 'See',
    description: 'See and export who changed what and when, with the content before and after.',
    scopes: WHOLE,
  },
  'api-key.manage': {
    label: 'Manage',
    description: 'Create keys for programs that act with one’s own rights, and see and revoke everybody’s keys.',
    scopes: WHOLE,
    isInPerson: true,
  },
  'embed.manage': {
    label: 'Manage',
    description: 'Let pages of other sites show SalesPulse, and stop them.',
    scopes: WHOLE,
  },
  'field.manage': { label: 'Manage', description: 'Create, change and remove custom fields.', scopes: WHOLE },
  'pipeline.manage': {
    label: 'Manage',
    description:
      'Create and change pipelines, their stages and what these ask for, and the reasons why records are lost.',
    scopes: WHOLE,
  },
  'automation.manage': {
    label: 'Manage',
    description: 'Write rules that move, assign and mail by themselves; a rule reaches what its owner does.',
    scopes: WHOLE,
    isInPerson: true,
  },
  'view.share': {
    label: 'Share',
    description:
      'Offer one’s saved views, dashboards and questions to others; each person sees their own records in them.',
    scopes: WHOLE,
  },
  'settings.manage': {
    label: 'Manage',
    description:
      'Decide how people sign in, connect the company’s sign-in provider, and check the installation’s health.',
    scopes: WHOLE,
    isInPerson: true,
  },
};

/** The grid's blocks in reading order. Together they hold every permission once. */
export const permissionGroups: readonly { key: string; label: string; permissions: readonly Permission[] }[] = [
  { key: 'lead', label: 'Leads', permissions: ['lead.read', 'lead.write', 'lead.delete'] },
  {
    key: 'opportunity',
    label: 'Opportunities',
    permissions: ['opportunity.read', 'opportunity.write', 'opportunity.delete'],
  },
  { key: 'account', label: 'Accounts', permissions: ['account.read', 'account.write', 'account.delete'] },
  { key: 'contact', label: 'Contacts', permissions: ['contact.read', 'contact.write', 'contact.delete'] },
  { key: 'task', label: 'Tasks', permissions: ['task.read', 'task.write'] },
  { key: 'analytics', label: 'Analytics', permissions: ['analytics.read', 'target.manage'] },
  { key: 'sale', label: 'Sales', permissions: ['sale.read'] },
  { key: 'product', label: 'Products', permissions: ['product.read'] },
  { key: 'spend', label: 'Spend', permissions: ['spend.read'] },
  { key: 'import', label: 'Imports', permissions: ['import.run'] },
  { key: 'user', label: 'People', permissions: ['user.read', 'user.manage'] },
  { key: 'team', label: 'Teams', permissions: ['team.manage'] },
  { key: 'role', label: 'Roles', permissions: ['role.read', 'role.manage'] },
  { key: 'audit', label: 'Audit log', permissions: ['audit.read'] },
  { key: 'api-key', label: 'API keys', permissions: ['api-key.manage'] },
  { key: 'embed', label: 'Embedding', permissions: ['embed.manage'] },
  { key: 'field', label: 'Custom fields', permissions: ['field.manage'] },
  { key: 'pipeline', label: 'Pipelines', permissions: ['pipeline.manage'] },
  { key: 'automation', label: 'Automation', permissions: ['automation.manage'] },
  { key: 'view', label: 'Saved views', permissions: ['view.share'] },
  { key: 'settings', label: 'Settings', permissions: ['settings.manage'] },
];
