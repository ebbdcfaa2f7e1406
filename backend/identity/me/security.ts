import type { Actor } from '../../access/index.ts';
import type { MySecurity } from '../../contracts/account.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { listPasskeys } from '../mfa/passkey.repository.ts';
import { findProvenAt } from '../session.repository.ts';
import { isProofOld } from './fresh-proof.ts';

type Row = Omit<MySecurity, 'passkeys' | 'provenAt' | 'needsProof'>;

/** How the account of whoever asks is protected. */
export async function describeSecurity(runner: SqlRunner, { principal }: Actor, now: Date): Promise<MySecurity> {
  const { userId, sessionId } = principal;
  const row = await runner.first<Row>(sql`
    select u.password_hash is not null as "hasPassword",
      json_build_object('isOn', u.totp_confirmed_at is not null, 'since', iso(u.totp_confirmed_at)) as totp,
      (select count(*)::int from recovery_code c where c.user_id = u.id and c.used_at is null) as "recoveryCodesLeft",
      (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name), '[]'::json)
        from sso_identity s join identity_provider p on p.id = s.provider_id where s.user_id = u.id) as providers
    from app_user u where u.id = ${userId}::uuid`);
  if (!row) throw new Error('The signed-in person is not in the database.');
  const provenAt = (sessionId === null ? undefined : await findProvenAt(runner, sessionId)) ?? 0;
  return {
    ...row,
    passkeys: await listPasskeys(runner, userId),
    provenAt: new Date(provenAt).toISOString(),
    needsProof: isProofOld(provenAt, now),
  };
}
