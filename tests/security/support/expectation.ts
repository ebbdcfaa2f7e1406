import type { Permission } from '../../../backend/access/index.ts';
import type { Scope } from '../../../backend/contracts/auth.ts';
import { type Caller, reaches } from './callers.ts';
import type { Person } from './company.ts';
import { personalKinds } from './personal.ts';
import type { World } from './world.ts';

export type Kind = Parameters<World['recordOf']>[0];

/** Who asks for whose record. */
export interface Case {
  caller: Caller;
  owner: Person | null;
}

/** What an endpoint promises about access, said once more, apart from the code that keeps it. */
export interface Expectation {
  /** `anyone`: needs no credential; `in-person`: the console's cookie and nothing else; else the permission */
  needs: 'anyone' | 'signed-in' | 'in-person' | Permission;
  /** who holds none of this either is refused as well */
  alsoNeeds?: Permission;
  /** status of an allowed call, with the given body and query */
  ok: number | ((one: Case) => number);
  /** what `:id` names; records with owners are tried with each owner */
  kind?: Kind;
  /** how far the caller reaches, where that is not the reach of `needs` */
  reach?: Permission | ((caller: Caller) => Scope);
  /** within reach of this permission, but not of `needs`, the refusal is 403: one knows that the record is there */
  sees?: Permission;
  body?: (world: World, { caller, owner }: Case) => unknown;
  query?: string;
  /** further path parameters */
  params?: (world: World, one: Case) => Record<string, string>;
  headers?: Record<string, string>;
  /** ids of the owners ('' is nobody) whose records the answer shows or counts: must be those within reach, once each */
  shows?: (body: never, world: World) => string[];
  /** what is shown has no such thing as nobody's */
  omitsNobody?: boolean;
  /** a GET that writes all the same */
  mayWrite?: boolean;
}

const scopeOf = (caller: Caller, permission: Permission): Scope => caller.rights[permission] ?? 'none';

/** The reach that decides about records. */
export function reachOf(caller: Caller, { needs, reach }: Expectation): Scope {
  if (typeof reach === 'function') return reach(caller);
  if (reach) return scopeOf(caller, reach);
  return needs === 'anyone' || needs === 'signed-in' || needs === 'in-person' ? 'all' : scopeOf(caller, needs);
}

/** The one status that this call must have. */
export function statusOf({ caller, owner }: Case, expected: Expectation): number {
  const { needs, kind, sees, alsoNeeds } = expected;
  const ok = typeof expected.ok === 'function' ? expected.ok({ caller, owner }) : expected.ok;
  if (needs === 'anyone') return ok;
  if (caller.via === 'nobody' || caller.via === 'dead') return 401;
  if (needs === 'in-person' && caller.via !== 'session') return 403;
  const isGuarded = needs !== 'signed-in' && needs !== 'in-person';
  if (isGuarded && scopeOf(caller, needs) === 'none') return 403;
  if (alsoNeeds && scopeOf(caller, alsoNeeds) === 'none') return 403;
  if (!kind || reaches(reachOf(caller, expected), caller.person, owner)) return ok;
  return sees && reaches(scopeOf(caller, sees), caller.person, owner) ? 403 : 404;
}

/** What can't be without an owner. */
const alwaysSomebodys: readonly Kind[] = ['user', ...personalKinds];

/** Every case of an endpoint: callers by owners where its records have owners, else callers alone. */
export function casesOf(world: World, { kind, shows, omitsNobody }: Expectation): Case[] {
  const hasOwners =
    shows !== undefined || (kind !== undefined && world.recordOf(kind, 'rep') !== world.recordOf(kind, 'stranger'));
  return world.callers.flatMap((caller) => {
    if (!hasOwners) return [{ caller, owner: caller.person }];
    const owners: (Person | null)[] = [caller.person, 'colleague', 'junior', 'stranger'];
    if (!omitsNobody && !(kind && alwaysSomebodys.includes(kind))) owners.push(null);
    return owners.map((owner) => ({ caller, owner }));
  });
}

export const listedOwners = (body: never): string[] =>
  (body as { items: { owner: { id: string } | null }[] }).items.map(({ owner }) => owner?.id ?? '');
