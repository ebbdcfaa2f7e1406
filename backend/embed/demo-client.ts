import { recordAudit } from '../access/index.ts';
import type { Config } from '../config.ts';
import { createSecretBox, type Database, randomToken, sql } from '../db/index.ts';
import { findClient, insertClient } from './client.repository.ts';
import { CLIENT_BOX } from './client.service.ts';

const NAME = 'Demo intranet';

/**
 * The embed client of the demo's intranet page: found again at the next start, made at the first (and after
 * SECRET_KEY has changed). Its visitors are matched by e-mail, as the demo page only ever names demo people.
 */
export async function ensureDemoClient(
  database: Database,
  config: Pick<Config, 'secret'>,
  origin: string,
): Promise<{ clientId: string; secret: string }> {
  const box = createSecretBox(config.secret, CLIENT_BOX);
  const known = await database.sql.rows<{ id: string }>(sql`
    select id::text as id from embed_client
    where name = ${NAME} and key_kind = 'hs256' and ${origin} = any(allowed_origins) order by created_at desc`);
  for (const { id } of known) {
    const sealed = (await findClient(database.sql, id))?.secretSealed ?? '';
    try {
      return { clientId: id, secret: box.open(Buffer.from(sealed, 'hex')) };
    } catch {
      // Sealed under an earlier SECRET_KEY: useless now, a new client takes its place.
    }
  }
  const secret = randomToken();
  const client = await database.transaction(async (tx) => {
    const created = await insertClient(
      tx.sql,
      {
        name: NAME,
        kind: 'intranet',
        allowedOrigins: [origin],
        components: [],
        keyKind: 'hs256',
        secretSealed: box.seal(secret),
        publicKey: null,
        jwksUrl: null,
        issuer: null,
        matchVerifiedEmail: true,
        defaultRoleId: null,
      },
      new Date(),
    );
    await recordAudit(tx.sql, null, {
      action: 'embed-client.created',
      entity: 'embed-client',
      entityId: created.id,
      after: created,
    });
    return created;
  });
  return { clientId: client.id, secret };
}
