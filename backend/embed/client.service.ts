import { type Actor, recordAudit } from '../access/index.ts';
import type { EmbedClient } from '../contracts/embed.ts';
import { createSecretBox, randomToken, type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, stale } from '../http/index.ts';
import { rightsBeyond } from '../identity/index.ts';
import { insertClient, listClients, lockClient, type NewClient, updateClient } from './client.repository.ts';
import { readPublicKey } from './public-key.ts';

/** Separates the key that seals clients' secrets from other keys of ours. */
export const CLIENT_BOX = 'embed-client';

type KeyInput = { kind: 'hs256' } | { kind: 'public-key'; pem: string } | { kind: 'jwks'; url: string };

export interface ClientInput {
  name: string;
  kind: EmbedClient['kind'];
  allowedOrigins: string[];
  components: string[];
  key: KeyInput;
  issuer: string | null;
  matchVerifiedEmail: boolean;
  defaultRoleId: string | null;
}
export interface ClientChange {
  name?: string | undefined;
  allowedOrigins?: string[] | undefined;
  components?: string[] | undefined;
  issuer?: string | null | undefined;
  isActive?: boolean | undefined;
  matchVerifiedEmail?: boolean | undefined;
  defaultRoleId?: string | null | undefined;
}

export interface Clients {
  list(): Promise<EmbedClient[]>;
  /** The HS256 secret is in this answer only; the database keeps it sealed. */
  create(actor: Actor, input: ClientInput): Promise<EmbedClient & { secret?: string }>;
  /** Switching a client off ends its sessions. */
  update(actor: Actor, id: string, ifMatch: number | null, change: ClientChange): Promise<EmbedClient>;
}

/** `onChanged`: called after a change was committed, to forget what is remembered about clients. */
export function createClients({ config, database, clock }: Dependencies, onChanged: () => void): Clients {
  const box = createSecretBox(config.secret, CLIENT_BOX);

  return {
    list: () => listClients(database.sql),
    async create(actor, { key, ...input }) {
      const secret = key.kind === 'hs256' ? randomToken() : undefined;
      if (key.kind === 'public-key') assertReadable(key.pem);
      await assertGrantable(database.sql, actor, input.defaultRoleId);
      const row: NewClient = {
        ...input,
        allowedOrigins: canonical(input.allowedOrigins),
        keyKind: key.kind,
        secretSealed: secret === undefined ? null : box.seal(secret),
        publicKey: key.kind === 'public-key' ? key.pem.trim() : null,
        jwksUrl: key.kind === 'jwks' ? key.url : null,
      };
      const client = await database.transaction(async (tx) => {
        const created = await insertClient(tx.sql, row, clock());
        await recordAudit(tx.sql, actor, {
          action: 'embed-client.created',
          entity: 'embed-client',
          entityId: created.id,
          after: created,
        });
        return created;
      });
      onChanged();
      return secret === undefined ? client : { ...client, secret };
    },
    async update(actor, id, ifMatch, change) {
      const client = await database.transaction(async (tx) => {
        const before = await lockClient(tx.sql, id);
        if (!before) throw notFound('embed client');
        if (ifMatch !== null && ifMatch !== before.version) throw stale('embed client');
        if (change.defaultRoleId !== undefined) await assertGrantable(tx.sql, actor, change.defaultRoleId);
        const after = await updateClient(
          tx.sql,
          id,
          {
            name: change.name ?? before.name,
            allowedOrigins: canonical(change.allowedOrigins ?? before.allowedOrigins),
            components: change.components ?? before.components,
            issuer: change.issuer === undefined ? before.issuer : change.issuer,
            isActive: change.isActive ?? before.isActive,
            matchVerifiedEmail: change.matchVerifiedEmail ?? before.matchVerifiedEmail,
            defaultRoleId: change.defaultRoleId === undefined ? before.defaultRoleId : change.defaultRoleId,
          },
          clock(),
        );
        if (!after.isActive) await revokeClientSessions(tx.sql, id, clock());
        await recordAudit(tx.sql, actor, {
          action: 'embed-client.changed',
          entity: 'embed-client',
          entityId: id,
          before,
          after,
        });
        return after;
      });
      onChanged();
      return client;
    },
  };
}

async function revokeClientSessions(runner: SqlRunner, clientId: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update embed_session set revoked_at = ${now.toISOString()}::timestamptz
    where client_id = ${clientId}::uuid and revoked_at is null`);
}

function assertReadable(pem: string): void {
  try {
    readPublicKey(pem);
  } catch (error) {
    throw invalid('/key/pem', error instanceof Error ? error.message : String(error));
  }
}

/** A role given to everybody a host vouches for is a grant like any other: nobody gives more than they hold. */
async function assertGrantable(runner: SqlRunner, actor: Actor, roleId: string | null): Promise<void> {
  if (roleId === null) return;
  const beyond = await rightsBeyond(runner, actor.principal, roleId);
  if (beyond === null) throw invalid('/defaultRoleId', 'is not a role');
  if (beyond[0] !== undefined) throw forbidden(`give this role to others: it holds ${beyond[0]}, which you do not`);
}

/** As browsers send them: without a default port. */
function canonical(origins: string[]): string[] {
  const wrong = origins.findIndex((origin) => !URL.canParse(origin));
  if (wrong >= 0)
    throw invalid(`/allowedOrigins/${wrong}`, 'must be an exact origin such as https://intranet.example.com');
  return [...new Set(origins.map((origin) => new URL(origin).origin))];
}
