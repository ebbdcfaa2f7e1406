import type { IconName } from '../parts/icons.ts';
import type { Route } from './router.ts';

/** Where people look after their own account. */
export const ownAccountPath = '/account';

/** Every page of the console. The first match counts, so `/leads/new` stands before `/leads/:id`. */
export const routes: readonly Route[] = [
  page('/', 'dashboard', () => import('../dashboard/define.ts'), 'analytics.read'),
  page('/explore', 'explore', () => import('../explore/define.ts'), 'analytics.read'),
  page('/dashboards/:id', 'dashboard', () => import('../dashboard/define.ts'), 'analytics.read'),
  page('/dashboards/:id/edit', 'dashboard-edit', () => import('../dashboard/edit/define.ts'), 'analytics.read'),
  page('/pipeline', 'pipeline', () => import('../pipeline/define.ts'), 'analytics.read'),
  page('/targets', 'targets', () => import('../targets/define.ts'), 'analytics.read'),
  page('/tasks', 'tasks', () => import('../tasks/define.ts'), 'task.read'),
  page('/board/leads', 'board', () => import('../boards/define.ts'), 'lead.read', { entity: 'lead' }),
  page('/board/opportunities', 'board', () => import('../boards/define.ts'), 'opportunity.read', {
    entity: 'opportunity',
  }),
  page('/leads', 'leads', () => import('../leads/define.ts'), 'lead.read'),
  page('/leads/new', 'lead-new', () => import('../leads/define.ts'), 'lead.write'),
  page('/leads/:id', 'lead', () => import('../leads/define.ts'), 'lead.read'),
  page('/opportunities', 'opportunities', () => import('../opportunities/define.ts'), 'opportunity.read'),
  page('/opportunities/new', 'opportunity-new', () => import('../opportunities/define.ts'), 'opportunity.write'),
  page('/opportunities/:id', 'opportunity', () => import('../opportunities/define.ts'), 'opportunity.read'),
  page('/accounts', 'accounts', () => import('../customers/define.ts'), 'account.read'),
  page('/accounts/new', 'account-new', () => import('../customers/define.ts'), 'account.write'),
  page('/accounts/:id', 'account', () => import('../customers/define.ts'), 'account.read'),
  page('/contacts', 'contacts', () => import('../customers/define.ts'), 'contact.read'),
  page('/contacts/new', 'contact-new', () => import('../customers/define.ts'), 'contact.write'),
  page('/contacts/:id', 'contact', () => import('../customers/define.ts'), 'contact.read'),
  page('/duplicates', 'duplicates', () => import('../duplicates/define.ts'), 'lead.write'),
  page('/imports', 'imports', () => import('../imports/define.ts'), 'import.run'),
  page('/imports/:id', 'import', () => import('../imports/define.ts'), 'import.run'),
  page('/users', 'users', () => import('../people/define.ts'), 'user.read'),
  page('/users/:id', 'user', () => import('../people/define.ts'), 'user.read'),
  page(ownAccountPath, 'my-account', () => import('../account/define.ts'), null),
  page('/teams', 'teams', () => import('../administration/teams/define.ts'), 'user.read'),
  page('/roles', 'roles', () => import('../administration/roles/define.ts'), 'role.read'),
  page('/roles/new', 'role-new', () => import('../administration/roles/define.ts'), 'role.manage'),
  page('/roles/:id', 'role', () => import('../administration/roles/define.ts'), 'role.read'),
  page('/settings/sign-in', 'sign-in-settings', () => import('../administration/sign-in/define.ts'), 'settings.manage'),
  page('/settings/providers/new', 'provider', () => import('../administration/sign-in/define.ts'), 'settings.manage'),
  page('/settings/providers/:id', 'provider', () => import('../administration/sign-in/define.ts'), 'settings.manage'),
  page('/api-keys', 'api-keys', () => import('../administration/api-keys/define.ts'), 'api-key.manage'),
  page('/api-keys/new', 'api-key-new', () => import('../administration/api-keys/define.ts'), 'api-key.manage'),
  page('/embed-clients', 'embed-clients', () => import('../embed-clients/define.ts'), 'embed.manage'),
  page('/fields', 'fields', () => import('../administration/fields/define.ts'), 'field.manage'),
  page('/tags', 'tags', () => import('../administration/tags/define.ts'), 'field.manage'),
  page('/pipelines', 'pipelines', () => import('../administration/pipelines/define.ts'), 'pipeline.manage'),
  page('/automation', 'automation', () => import('../automation/define.ts'), 'automation.manage'),
  page('/automation/new', 'automation-edit', () => import('../automation/define.ts'), 'automation.manage'),
  page('/automation/mails', 'mail-templates', () => import('../automation/define.ts'), 'automation.manage'),
  page('/automation/:id', 'automation-rule', () => import('../automation/define.ts'), 'automation.manage'),
  page('/automation/:id/edit', 'automation-edit', () => import('../automation/define.ts'), 'automation.manage'),
  page('/audit', 'audit', () => import('../administration/audit/define.ts'), 'audit.read'),
  page('/system', 'system', () => import('../administration/system/define.ts'), 'settings.manage'),
  page('/system/mails', 'mails', () => import('../administration/system/define.ts'), 'settings.manage'),
];

/** Pages outside the frame: one need not be signed in. */
export const entryRoutes: readonly Route[] = [
  entry('/sign-in', 'sign-in', true),
  entry('/setup', 'setup', true),
  entry('/register', 'register', true),
  entry('/forgot', 'forgot', true),
  entry('/verify', 'verify'),
  entry('/reset', 'reset'),
  entry('/invitation', 'invitation'),
];

function entry(path: string, name: string, isForStrangers = false): Route {
  return {
    path,
    tag: `salespulse-console-${name}`,
    // They come with the shell: nobody gets far without them.
    load: () => Promise.resolve(),
    permission: null,
    props: {},
    isEntry: true,
    isForStrangers,
  };
}

function page(
  path: string,
  name: string,
  load: () => Promise<unknown>,
  permission: string | null,
  props: Record<string, string> = {},
): Route {
  return { path, tag: `salespulse-console-${name}-page`, load, permission, props };
}

export interface NavigationItem {
  path: string;
  label: string;
  icon: IconName;
  permission: string;
}

/** The navigation, by group; labels are message keys. */
export const navigation: readonly { label: string; items: readonly NavigationItem[] }[] = [
  {
    label: 'nav.overview',
    items: [
      { path: '/', label: 'nav.dashboard', icon: 'dashboard', permission: 'analytics.read' },
      { path: '/explore', label: 'nav.explore', icon: 'explore', permission: 'analytics.read' },
      { path: '/pipeline', label: 'nav.pipeline', icon: 'funnel', permission: 'analytics.read' },
      { path: '/targets', label: 'nav.targets', icon: 'target', permission: 'analytics.read' },
      { path: '/tasks', label: 'nav.tasks', icon: 'task', permission: 'task.read' },
    ],
  },
  {
    label: 'nav.sales',
    items: [
      { path: '/board/leads', label: 'nav.leadBoard', icon: 'board', permission: 'lead.read' },
      { path: '/leads', label: 'nav.leads', icon: 'lead', permission: 'lead.read' },
      { path: '/board/opportunities', label: 'nav.opportunityBoard', icon: 'board', permission: 'opportunity.read' },
      { path: '/opportunities', label: 'nav.opportunities', icon: 'deal', permission: 'opportunity.read' },
    ],
  },
  {
    label: 'nav.customers',
    items: [
      { path: '/accounts', label: 'nav.accounts', icon: 'account', permission: 'account.read' },
      { path: '/contacts', label: 'nav.contacts', icon: 'contact', permission: 'contact.read' },
      { path: '/duplicates', label: 'nav.duplicates', icon: 'copy', permission: 'lead.write' },
    ],
  },
  {
    label: 'nav.administration',
    items: [
      { path: '/imports', label: 'nav.imports', icon: 'import', permission: 'import.run' },
      { path: '/users', label: 'nav.users', icon: 'users', permission: 'user.read' },
      { path: '/teams', label: 'nav.teams', icon: 'team', permission: 'user.read' },
      { path: '/roles', label: 'nav.roles', icon: 'role', permission: 'role.read' },
      { path: '/fields', label: 'nav.fields', icon: 'pencil', permission: 'field.manage' },
      { path: '/tags', label: 'nav.tags', icon: 'tag', permission: 'field.manage' },
      { path: '/pipelines', label: 'nav.pipelines', icon: 'stage', permission: 'pipeline.manage' },
      { path: '/automation', label: 'nav.automation', icon: 'bolt', permission: 'automation.manage' },
      { path: '/settings/sign-in', label: 'nav.signIn', icon: 'door', permission: 'settings.manage' },
      { path: '/api-keys', label: 'nav.apiKeys', icon: 'key', permission: 'api-key.manage' },
      { path: '/embed-clients', label: 'nav.embedClients', icon: 'embed', permission: 'embed.manage' },
      { path: '/audit', label: 'nav.audit', icon: 'audit', permission: 'audit.read' },
      { path: '/system', label: 'nav.system', icon: 'health', permission: 'settings.manage' },
    ],
  },
];
