import type { Scope } from '../contracts/auth.ts';
import { type FieldGroup, fieldGroups } from './field-groups.ts';
import { type FieldView, fieldView } from './field-view.ts';
import type { Permission } from './permissions.ts';

/** Where a request's credential came from. `cli` and `system` never come over HTTP. */
export type Via = 'session' | 'embed' | 'api-key' | 'cli' | 'system';

/** Who is asking, with what they may do; read live, never taken from a token. */
export interface Principal {
  userId: string;
  name: string;
  roleKey: string;
  permissions: Readonly<Partial<Record<Permission, Scope>>>;
  /** the guarded groups that are shown, and the custom fields that are hidden */
  fieldGroups: FieldView;
  teamId: string | null;
  /** own team and all teams below it */
  teamIds: readonly string[];
  via: Via;
  /** the company asks this person for a second step they have not set up: only their own account opens */
  owesSecondStep?: boolean;
  /** session, embed session or API key that vouches for the request */
  sessionId: string | null;
}

/** A principal with the request it acts in: what services take and audit rows record. */
export interface Actor {
  principal: Principal;
  requestId: string | null;
  /** the automation rule that acts, and the rules that led to it up to and including itself */
  rule?: { id: string; name: string; chain: readonly string[] };
}

/** Which records a permission reaches. */
export type RecordScope =
  | { kind: 'none' }
  | { kind: 'own'; userId: string }
  | { kind: 'team'; userId: string; teamIds: readonly string[] }
  | { kind: 'all' };

/**
 * What of the records somebody reaches: which of them, and which guarded fields of these. Repositories that
 * show guarded fields take a Reach, so that nobody can ask for the rows and forget the fields.
 */
export type Reach = RecordScope & { readonly fields: FieldView };

/** The reach of `permission` for this person; denied when nothing grants it. */
export function scopeOf(principal: Principal, permission: Permission): Reach {
  const scope = principal.permissions[permission] ?? 'none';
  const { fieldGroups: fields, userId, teamIds } = principal;
  switch (scope) {
    case 'all':
    case 'none':
      return { kind: scope, fields };
    case 'own':
      return { kind: 'own', userId, fields };
    case 'team':
      return { kind: 'team', userId, teamIds, fields };
    default:
      return scope satisfies never;
  }
}

/** A record whatever its owner, with the fields that this person sees: for reading back what they just changed. */
export const anyRecord = ({ fieldGroups: fields }: Principal): Reach => ({ kind: 'all', fields });

/** Everything there is. For what the house itself must know, such as audit rows; never for an answer. */
export const EVERYTHING: Reach = { kind: 'all', fields: fieldView(fieldGroups) };

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
