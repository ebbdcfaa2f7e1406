import { type Actor, recordAudit } from '../../access/index.ts';
import type { IdentityProvider, IdentityProviderTest } from '../../contracts/administration.ts';
import { createSecretBox, isUniqueViolation, type SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound, ProblemError, stale } from '../../http/index.ts';
import { assertAdministratorRemains, lockPeople } from '../people-change.ts';
import {
  countStranded,
  deleteProvider,
  findProvider,
  insertProvider,
  listProviders,
  lockProvider,
  type ProviderInput,
  type ProviderRow,
  revokeProviderSessions,
  updateProvider,
} from './provider.repository.ts';
import { PROVIDER_BOX, type ProviderClients } from './provider-client.ts';
import { assertMayVouch, assertRolesGrantable, assertSound } from './provider-rules.ts';
import { testProvider } from './provider-test.ts';

type Given = Omit<ProviderInput, 'secretSealed'>;
/** `clientSecret` null: a public client. */
export type NewProvider = Given & { clientSecret: string | null };
/** What is left out stays as it is, the secret too. */
export type ProviderChange = { [Key in keyof NewProvider]?: NewProvider[Key] | undefined };

export interface Providers {
  list(): Promise<IdentityProvider[]>;
  get(id: string): Promise<IdentityProvider>;
  /** @throws ProblemError forbidden, invalid, conflict for a known name */
  create(actor: Actor, input: NewProvider): Promise<IdentityProvider>;
  /** @throws ProblemError stale, forbidden, invalid, conflict where links or the last way in would break */
  update(actor: Actor, id: string, ifMatch: number | null, change: ProviderChange): Promise<IdentityProvider>;
  /** @throws ProblemError conflict while people have no other way in */
  remove(actor: Actor, id: string, ifMatch: number | null): Promise<void>;
  /** Asks the provider's own address what it can do. */
  test(id: string): Promise<IdentityProviderTest>;
}

/** The address that a provider sends people back to; registered there, character by character. */
export const redirectUriOf = (config: Dependencies['config'], id: string): string =>
  `${config.publicUrl}/api/v1/auth/sso/${id}/callback`;

/** `onChanged`: called after a change was committed that may have ended sessions. */
export function createProviders(
  { config, database, clock }: Dependencies,
  clients: ProviderClients,
  onChanged: () => void,
): Providers {
  const box = createSecretBox(config.secret, PROVIDER_BOX);
  const present = (row: ProviderRow): IdentityProvider => ({ ...row, redirectUri: redirectUriOf(config, row.id) });
  const sealed = (secret: string | null | undefined) =>
    secret === undefined ? {} : { secretSealed: secret === null ? null : box.seal(secret) };

  const stored = async (runner: SqlRunner, id: string): Promise<ProviderRow> => {
    const row = await lockProvider(runner, id);
    if (!row) throw notFound('identity provider');
    return row;
  };
  const expected = async (runner: SqlRunner, id: string, ifMatch: number | null): Promise<ProviderRow> => {
    const row = await stored(runner, id);
    if (ifMatch !== null && ifMatch !== row.version) throw stale('identity provider');
    return row;
  };

  return {
    list: async () => (await listProviders(database.sql)).map(present),
    async get(id) {
      const row = await findProvider(database.sql, id);
      if (!row) throw notFound('identity provider');
      const { secretSealed: _, ...rest } = row;
      return present(rest);
    },
    create: (actor, { clientSecret, ...given }) =>
      named(() =>
        database.transaction(async (tx) => {
          await assertMayVouch(tx.sql, actor);
          assertSound(given);
          await assertRolesGrantable(tx.sql, actor, given);
          const id = await insertProvider(tx.sql, { ...given, ...sealed(clientSecret) }, clock());
          const after = await stored(tx.sql, id);
          await audit(tx.sql, actor, 'created', id, { after });
          return present(after);
        }),
      ),
    async update(actor, id, ifMatch, { clientSecret, ...change }) {
      const changed = await named(() =>
        database.transaction(async (tx) => {
          await lockPeople(tx.sql);
          await assertMayVouch(tx.sql, actor);
          const before = await expected(tx.sql, id, ifMatch);
          const given = merged(before, change);
          assertSound(given);
          await assertRolesGrantable(tx.sql, actor, given);
          assertLinksHold(before, given);
          await updateProvider(tx.sql, id, { ...given, ...sealed(clientSecret) }, clock());
          if (before.isActive && !given.isActive) {
            await revokeProviderSessions(tx.sql, id, clock());
            // Somebody must still be able to switch it on again.
            await assertAdministratorRemains(tx.sql);
          }
          const after = await stored(tx.sql, id);
          await audit(tx.sql, actor, 'changed', id, {
            before,
            after: { ...after, ...(clientSecret === undefined ? {} : { secretReplaced: true }) },
          });
          return present(after);
        }),
      );
      onChanged();
      return changed;
    },
    async remove(actor, id, ifMatch) {
      await database.transaction(async (tx) => {
        await lockPeople(tx.sql);
        await assertMayVouch(tx.sql, actor);
        const before = await expected(tx.sql, id, ifMatch);
        const people = await countStranded(tx.sql, id);
        if (people > 0) {
          throw new ProblemError(
            'conflict',
            `${people === 1 ? 'One person has' : `${people} people have`} no other way in. Let them add a passkey or come in through another provider first, or deactivate them.`,
          );
        }
        await revokeProviderSessions(tx.sql, id, clock());
        await deleteProvider(tx.sql, id);
        await audit(tx.sql, actor, 'deleted', id, { before });
      });
      onChanged();
    },
    async test(id) {
      const row = await findProvider(database.sql, id);
      if (!row) throw notFound('identity provider');
      return testProvider(clients, row);
    },
  };
}

const audit = (
  runner: SqlRunner,
  actor: Actor,
  verb: 'created' | 'changed' | 'deleted',
  entityId: string,
  values: { before?: unknown; after?: unknown },
): Promise<void> =>
  recordAudit(runner, actor, { action: `identity-provider.${verb}`, entity: 'identity-provider', entityId, ...values });

function merged(before: ProviderRow, change: Omit<ProviderChange, 'clientSecret'>): Given {
  const {
    name,
    issuer,
    clientId,
    scopes,
    roleClaim,
    roleMapping,
    defaultRoleId,
    createsPeople,
    emailDomains,
    isActive,
  } = { ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
  return {
    name,
    issuer,
    clientId,
    scopes,
    roleClaim,
    roleMapping,
    defaultRoleId,
    createsPeople,
    emailDomains,
    isActive,
  };
}

/** Links hang on (issuer, subject): under another issuer the same subject may be somebody else. */
function assertLinksHold(before: ProviderRow, after: Given): void {
  if (after.issuer !== before.issuer && before.people > 0) {
    throw new ProblemError(
      'conflict',
      'People come in through this provider already; its address cannot change. Add the other one beside it.',
    );
  }
}

async function named<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ProblemError('conflict', 'There is a provider of this name already.', {
      errors: [{ pointer: '/name', message: 'is in use' }],
    });
  }
}
