import type { AuditEntry } from '../../../../backend/contracts/administration.ts';
import { t } from '../../text.ts';

/** `user.password-reset-forced` -> `Password reset forced`; a few have a text of their own. */
export function actionText(action: string): string {
  const key = `audit.action.${action}`;
  const text = t(key);
  if (text !== key) return text;
  return sentence(action.includes('.') ? action.slice(action.indexOf('.') + 1) : action);
}

/** `embed-client` -> `Embed client`. */
export function entityText(entity: string): string {
  const key = `audit.entity.${entity}`;
  const text = t(key);
  return text === key ? sentence(entity) : text;
}

/** `defaultRoleId` -> `Default role id`, path parts with an arrow between. */
export const pathText = (path: readonly string[]): string =>
  path.map((part, index) => (index === 0 ? sentence(part) : words(part))).join(' › ');

const words = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase();

function sentence(name: string): string {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const pages: Record<string, string> = {
  lead: '/leads/',
  opportunity: '/opportunities/',
  account: '/accounts/',
  contact: '/contacts/',
  import: '/imports/',
  user: '/users/',
  role: '/roles/',
  'identity-provider': '/settings/providers/',
};
const places: Record<string, string> = {
  team: '/teams',
  target: '/targets',
  'api-key': '/api-keys',
  'embed-client': '/embed-clients',
  settings: '/settings/sign-in',
};

/** Where the console shows what an entry is about; null where it has no page. */
export function recordAddress({ entity, entityId }: Pick<AuditEntry, 'entity' | 'entityId'>): string | null {
  const page = pages[entity];
  return page && entityId ? page + encodeURIComponent(entityId) : (places[entity] ?? null);
}
