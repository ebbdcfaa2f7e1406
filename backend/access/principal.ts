import type { Scope } from '../contracts/auth.ts';
import type { FieldGroup, Permission } from './permissions.ts';

/** Where a request's credential came from. `cli` and `system` never come over HTTP. */
export type Via = 'session' | 'embed' | 'api-key' | 'cli' | 'system';

/** Who is asking, with what they may do; read live, never taken from a token. */
export interface Principal {
  userId: string;
  name: string;
  roleKey: string;
  permissions: Readonly<Partial<Record<Permission, Scope>>>;
  fieldGroups: ReadonlySet<FieldGroup>;
  teamId: string | null;
  /** own team and all teams below it */
  teamIds: readonly string[];
  via: Via;
  /** session, embed session or API key that vouches for the request */
  sessionId: string | null;
}

/** A principal with the request it acts in: what services take and audit rows record. */
export interface Actor {
  principal: Principal;
  requestId: string | null;
}

/** Which records a permission reaches. */
export type RecordScope =
  | { kind: 'none' }
  | { kind: 'own'; userId: string }
  | { kind: 'team'; userId: string; teamIds: readonly string[] }
  | { kind: 'all' };

/** The reach of `permission` for this person; denied when nothing grants it. */
export function scopeOf(principal: Principal, permission: Permission): RecordScope {
  const scope = principal.permissions[permission] ?? 'none';
  switch (scope) {
    case 'all':
    case 'none':
      return { kind: scope };
    case 'own':
      return { kind: 'own', userId: principal.userId };
    case 'team':
      return {
        kind: 'team',
        userId: principal.userId,
        teamIds: principal.teamIds,
      };
    default:
      return scope satisfies never;
  }
}

/** Does the person hold the permission with any reach at all? */
export function isAllowed(principal: Principal, permission: Permission): boolean {
  return scopeOf(principal, permission).kind !== 'none';
}

/** May the person see this guarded group of fields? */
export function seesFields(principal: Principal, group: FieldGroup): boolean {
  return principal.fieldGroups.has(group);
}

/** Does `scope` reach a record with this owner and team? The in-memory twin of `scopeSql`. */
export function isInScope(scope: RecordScope, record: { ownerId: string | null; teamId: string | null }): boolean {
  switch (scope.kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'own':
      return record.ownerId === scope.userId;
    case 'team':
      return record.ownerId === scope.userId || (record.teamId !== null && scope.teamIds.includes(record.teamId));
    default:
      return scope satisfies never;
  }
}
