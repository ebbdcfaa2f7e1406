import { expect, it } from 'vitest';
import { sql } from '../../../backend/db/index.ts';
import { ensureSetupLink } from '../../../backend/identity/index.ts';
import { testConfig } from '../../support/config.ts';
import { databaseForTest } from '../../support/database.ts';

it('is not made any more once somebody comes in by a provider', async () => {
  const database = await databaseForTest();
  const link = () => ensureSetupLink(database, testConfig(), () => new Date());
  expect(await link()).toContain('/setup#token=');
  await database.sql.rows(sql`
    with p as (insert into identity_provider (name, issuer, client_id) values ('P', 'https://p.example', 'x') returning id),
         u as (insert into app_user (name, role_id) select 'Ada', id from role where key = 'admin' returning id)
    insert into sso_identity (provider_id, subject, user_id) select p.id, 'x', u.id from p, u`);
  expect(await link()).toBeNull();
});
