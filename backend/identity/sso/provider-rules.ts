import type { Actor } from '../../access/index.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { forbidden, invalid } from '../../http/index.ts';
import { rightsBeyond } from '../people.ts';
import type { ProviderInput } from './provider.repository.ts';
import { addressProblem } from './safe-fetch.ts';

/** Where anybody in the world can have an account: who may come in must then be said by domain. */
const OPEN_TO_ALL = new Set(['accounts.google.com', 'appleid.apple.com', 'gitlab.com', 'login.yahoo.com']);
/** Addresses of Entra ID that stand for every company's directory at once, not for one's own. */
const ANY_DIRECTORY = /^\/(common|organizations|consumers)(\/|$)/;

/**
 * Who sets up a provider decides who everybody is, administrators included: it takes somebody who holds
 * all that anybody here can hold.
 *
 * @throws ProblemError forbidden
 */
export async function assertMayVouch(runner: SqlRunner, actor: Actor): Promise<void> {
  const administration = await runner.first<{ id: string }>(sql`select id::text as id from role where key = 'admin'`);
  if (!administration) throw new Error('The administrator role is missing: bootstrap has not run.');
  const beyond = await rightsBeyond(runner, actor.principal, administration.id);
  if (beyond?.[0] !== undefined) {
    throw forbidden(`decide who signs in as whom: an administrator holds ${beyond[0]}, which you do not`);
  }
}

/** @throws ProblemError invalid for a role that does not exist, forbidden for one beyond the actor's own rights */
export async function assertRolesGrantable(
  runner: SqlRunner,
  actor: Actor,
  { defaultRoleId, roleMapping }: Pick<ProviderInput, 'defaultRoleId' | 'roleMapping'>,
): Promise<void> {
  const wanted = roleMapping.map(({ roleId }, index) => ({ roleId, pointer: `/roleMapping/${index}/roleId` }));
  if (defaultRoleId !== null) wanted.push({ roleId: defaultRoleId, pointer: '/defaultRoleId' });
  for (const { roleId, pointer } of wanted) {
    const beyond = await rightsBeyond(runner, actor.principal, roleId);
    if (beyond === null) throw invalid(pointer, 'is not a role');
    if (beyond[0] !== undefined) throw forbidden(`give that role to others: it holds ${beyond[0]}, which you do not`);
  }
}

/** @throws ProblemError invalid for settings that can't work or would let strangers in */
export function assertSound(input: Omit<ProviderInput, 'secretSealed'>): void {
  const issuer = new URL(input.issuer);
  if (issuer.search !== '' || issuer.hash !== '' || issuer.username !== '' || issuer.password !== '') {
    throw invalid('/issuer', 'must be a plain address, without a question mark, a fragment or a password');
  }
  if (issuer.pathname.includes('/.well-known/')) {
    throw invalid('/issuer', 'must be the address before /.well-known/openid-configuration');
  }
  const problem = addressProblem(issuer, issuer);
  if (problem !== null) throw invalid('/issuer', problem);
  if (issuer.hostname === 'login.microsoftonline.com' && ANY_DIRECTORY.test(issuer.pathname)) {
    throw invalid(
      '/issuer',
      'must name your own directory, as https://login.microsoftonline.com/<tenant id>/v2.0 does',
    );
  }
  if (!input.scopes.includes('openid')) throw invalid('/scopes', 'must contain openid');
  if (input.scopes.some((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))) {
    throw invalid('/scopes', 'must be words without spaces and quotes');
  }
  if (input.createsPeople && input.emailDomains.length === 0 && OPEN_TO_ALL.has(issuer.hostname)) {
    throw invalid('/emailDomains', `must list your domains: anybody can have an account at ${issuer.hostname}`);
  }
  if (input.roleMapping.length > 0 && input.roleClaim === null) {
    throw invalid('/roleClaim', 'must name the claim whose values the mapping is about');
  }
}
