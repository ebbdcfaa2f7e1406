import { recordAudit } from '../../access/index.ts';
import type { User } from '../../contracts/users.ts';
import type { SqlRunner } from '../../db/index.ts';
import { revokeTokens } from '../one-time-token.repository.ts';
import { administratorRemains, lockPeople } from '../people-change.ts';
import { findUser, insertUser } from '../user.repository.ts';
import type { Visitor } from './exchange.ts';
import { SsoRefusal } from './failures.ts';
import type { ProviderRow } from './provider.repository.ts';
import {
  activatePerson,
  findLinkedPerson,
  findNamesake,
  findRoleKey,
  insertLink,
  lockSubject,
  type SsoPerson,
  setEmailVerified,
  setRole,
  touchLink,
} from './sso-identity.repository.ts';

/** What admitting needs to know of its request. */
export interface Occasion {
  runner: SqlRunner;
  provider: ProviderRow;
  requestId: string;
  now: Date;
}

/**
 * Who the provider's visitor is here: whom this subject was linked to before; else the person with the same e-mail
 * address, where the provider has verified it and may speak for its domain; else, where the provider may add
 * people, a new one. Applies the role that the provider's claims stand for. Runs in a transaction; answers the id.
 *
 * @throws SsoRefusal unknown-person, no-role, deactivated
 */
export async function admit(occasion: Occasion, visitor: Visitor): Promise<string> {
  const { runner, provider, now } = occasion;
  await lockSubject(runner, provider.id, visitor.subject);
  // Waits for changes of people that are under way, so that what is read here still holds when it is written.
  await lockPeople(runner);
  const linked = await findLinkedPerson(runner, provider.id, visitor.subject);
  if (linked) {
    if (linked.status !== 'active' && linked.status !== 'invited') throw deactivated(linked);
    if (linked.status === 'invited') await activate(occasion, linked.id);
    await applyRole(occasion, linked, visitor);
    await touchLink(runner, provider.id, visitor.subject, now);
    return linked.id;
  }
  const namesake = visitor.email ? await findNamesake(runner, visitor.email.address) : undefined;
  const userId = namesake ? await recognise(occasion, namesake, visitor) : await create(occasion, visitor);
  await insertLink(runner, { providerId: provider.id, subject: visitor.subject, userId }, now);
  await touchLink(runner, provider.id, visitor.subject, now);
  await recordAudit(runner, null, {
    action: 'user.sso-linked',
    entity: 'user',
    entityId: userId,
    after: { provider: provider.name, subject: visitor.subject, requestId: occasion.requestId },
  });
  return userId;
}

const speaksFor = (provider: ProviderRow, { email }: Visitor): boolean =>
  email?.isVerified === true && provider.emailDomains.includes(email.domain);

/** The provider's word makes the visitor this person, if it is good for that. */
async function recognise(occasion: Occasion, person: SsoPerson, visitor: Visitor): Promise<string> {
  const { runner, provider, now } = occasion;
  if (!speaksFor(provider, visitor)) {
    const reason = visitor.email?.isVerified
      ? `Somebody here has this e-mail address, and the provider may not speak for ${visitor.email.domain}.`
      : 'Somebody here has this e-mail address, and the provider does not say that it is verified.';
    throw new SsoRefusal('unknown-person', reason, { userId: person.id });
  }
  // Added by another provider or a host page that only claimed the address: two people may be behind it.
  if (person.isLinked && !person.isVerified) {
    const reason = 'Somebody here has this e-mail address from elsewhere, where it was not verified.';
    throw new SsoRefusal('unknown-person', reason, { userId: person.id });
  }
  if (person.status !== 'active' && person.status !== 'invited') throw deactivated(person);
  if (person.status === 'invited') await activate(occasion, person.id);
  else await setEmailVerified(runner, person.id, now);
  await applyRole(occasion, person, visitor);
  return person.id;
}

async function create(occasion: Occasion, visitor: Visitor): Promise<string> {
  const { runner, provider, requestId, now } = occasion;
  const { email, name } = visitor;
  if (!provider.createsPeople) throw new SsoRefusal('unknown-person', 'The provider may not add people.');
  if (provider.emailDomains.length > 0 && !speaksFor(provider, visitor)) {
    const reason = 'The provider may add only people with a verified e-mail address of its domains.';
    throw new SsoRefusal('unknown-person', reason);
  }
  const roleId = await wantedRole(occasion, visitor);
  const address = email?.isVerified ? email.address : null;
  const userId = await insertUser(
    runner,
    {
      email: address,
      name: name ?? address ?? `Person of ${provider.name}`,
      roleId,
      teamId: null,
      passwordHash: null,
      // A domain that the provider does not speak for is noted, but stands for nothing.
      isEmailVerified: speaksFor(provider, visitor),
    },
    now,
  );
  const after = { ...(await present(runner, userId)), provider: provider.name, requestId };
  await recordAudit(runner, null, { action: 'user.created', entity: 'user', entityId: userId, after });
  return userId;
}

/** An invitation is answered by coming in; its link, and any other that lies around, opens nothing more. */
async function activate({ runner, provider, requestId, now }: Occasion, userId: string): Promise<void> {
  const before = await present(runner, userId);
  await activatePerson(runner, userId, now);
  await revokeTokens(runner, userId, ['invitation', 'verify-email', 'reset-password'], now);
  const after = { ...(await present(runner, userId)), provider: provider.name, requestId };
  await recordAudit(runner, null, { action: 'user.changed', entity: 'user', entityId: userId, before, after });
}

/** The provider's claims decide the role anew at each sign-in, unless that took the last administrator away. */
async function applyRole(occasion: Occasion, person: SsoPerson, visitor: Visitor): Promise<void> {
  const { runner, provider, requestId, now } = occasion;
  if (provider.roleClaim === null) return;
  const roleId = await wantedRole(occasion, visitor, person.id);
  if (roleId === person.roleId) return;
  const before = await present(runner, person.id);
  await setRole(runner, person.id, roleId, now);
  const wanted = await present(runner, person.id);
  const isKept = person.roleKey === 'admin' && !(await administratorRemains(runner));
  if (isKept) await setRole(runner, person.id, person.roleId, now);
  await recordAudit(runner, null, {
    action: isKept ? 'user.sso-role-kept' : 'user.changed',
    entity: 'user',
    entityId: person.id,
    before,
    after: isKept
      ? {
          role: before.role,
          wanted: wanted.role,
          reason: 'last active administrator',
          provider: provider.name,
          requestId,
        }
      : { ...wanted, provider: provider.name, requestId },
  });
}

/** The first mapping that fits, else the default. @throws SsoRefusal no-role */
async function wantedRole({ runner, provider }: Occasion, visitor: Visitor, userId?: string): Promise<string> {
  const fitting = provider.roleMapping.find(({ value }) => visitor.roleValues.includes(value));
  const roleId = fitting?.roleId ?? provider.defaultRoleId;
  const options = userId === undefined ? {} : { userId };
  if (roleId === null) throw new SsoRefusal('no-role', 'No role is mapped to what the provider says.', options);
  if (!(await findRoleKey(runner, roleId))) {
    throw new SsoRefusal('no-role', 'The role that is mapped to what the provider says was deleted.', options);
  }
  return roleId;
}

async function present(runner: SqlRunner, userId: string): Promise<User> {
  const user = await findUser(runner, { kind: 'all' }, userId);
  if (!user) throw new Error('The person disappeared while signing in.');
  return user;
}

const deactivated = (person: SsoPerson): SsoRefusal =>
  new SsoRefusal('deactivated', 'The person is not active here.', { userId: person.id });
