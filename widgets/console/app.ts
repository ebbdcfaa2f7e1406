import type { Me, Scope } from '../../backend/contracts/auth.ts';
import type { ApiClient } from '../base/api.ts';
import type { Format } from '../base/format.ts';
import type { Session } from '../base/session.ts';
import type { NavigateOptions } from './shell/router.ts';

/** A question that must be answered before something that can't be undone. */
export interface Confirmation {
  title: string;
  text: string;
  action: string;
  isDanger?: boolean;
}

/** What every page of the console works with. One object for as long as a person stays signed in. */
export interface App {
  readonly api: ApiClient;
  readonly session: Session;
  readonly me: Me;
  readonly format: Format;
  navigate(address: string, options?: NavigateOptions): void;
  /** The person changed their own account: header and formats follow. */
  meChanged(me: Me): void;
  /** The server has ended the session: shows the sign-in page with a sentence that says why. */
  leave(reason: string): void;
  /** Says something in passing; read out by screen readers. */
  notify(message: string, tone?: 'success' | 'error'): void;
  /** Resolves to true when the person agrees. */
  confirm(question: Confirmation): Promise<boolean>;
}

/** The scope in which the person holds a permission; `none` where they don't. */
export function scopeOf(me: Me, permission: string): Scope {
  return me.permissions[permission] ?? 'none';
}

/** True where the person holds the permission in any scope. */
export function can(me: Me, permission: string): boolean {
  return scopeOf(me, permission) !== 'none';
}

/** Does the person see this guarded group of fields? Others are not offered inputs and columns for them. */
export const seesFields = (me: Me, group: string): boolean => me.fieldGroups.includes(group);

/** True where the record may be changed by this person, as far as the client can tell; the server decides. */
export function canOn(
  me: Me,
  permission: string,
  record: { owner?: { id: string } | null; team?: { id: string } | null },
): boolean {
  switch (scopeOf(me, permission)) {
    case 'all':
      return true;
    case 'team':
      return record.owner?.id === me.id || (me.team !== null && record.team?.id === me.team.id);
    case 'own':
      return record.owner?.id === me.id;
    case 'none':
      return false;
  }
}

/** The full address of an API path, for what the browser itself must fetch (a download, an upload with progress). */
export const apiAddress = (session: Session, path: string): string => `${session.server}/api/v1/${path}`;
