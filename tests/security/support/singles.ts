import { sql } from '../../../backend/db/index.ts';
import type { TestServer } from '../../support/server.ts';

/** What belongs to nobody in particular: one of each. */
export type SingleKind =
  | 'product'
  | 'import'
  | 'embedClient'
  | 'role'
  | 'team'
  | 'identityProvider'
  | 'apiKey'
  | 'mail'
  | 'automationRule'
  | 'mailTemplate'
  | 'lostReason'
  | 'customField'
  | 'tag'
  | 'view'
  | 'dashboard'
  | 'exploration'
  | 'target';

export async function addSingles(server: TestServer): Promise<Record<SingleKind, string>> {
  const { database, config } = server;
  const admin = await server.as('admin');
  const add = async (statement: Parameters<typeof database.sql.first>[0]) =>
    (await database.sql.first<{ id: string }>(statement))?.id ?? '';
  const upload = await admin.post<{ id: string }>(
    '/imports?entity=leads&fileName=leads.csv',
    'Name,Source\nAnn,Web\n',
    {
      'Content-Type': 'text/csv',
    },
  );
  const host = await admin.post<{ id: string }>('/embed/clients', {
    name: 'Portal',
    allowedOrigins: ['https://portal.example.com'],
    key: { kind: 'hs256' },
  });
  return {
    import: upload.body.id,
    embedClient: host.body.id,
    product: await add(sql`
      insert into product (name, name_key, currency_code, unit_cost) values ('Product', 'product', ${config.currency}, 77.77)
      returning id::text as id`),
    role: await add(
      sql`insert into role (key, name, permissions) values ('spare', 'Spare', '{}') returning id::text as id`,
    ),
    team: await add(sql`insert into team (name) values ('Spare') returning id::text as id`),
    identityProvider: await add(sql`
      insert into identity_provider (name, issuer, client_id) values ('Company', 'http://127.0.0.1:9/', 'salespulse')
      returning id::text as id`),
    apiKey: await add(sql`
      insert into api_key (name, prefix, key_hash, user_id, permissions, expires_at)
      select 'Spare', 'spk_spare', '\\x00', u.id, '{}', now() + interval '1 day' from app_user u where u.email = 'admin@example.com'
      returning id::text as id`),
    customField: await add(sql`
      insert into custom_field (entity, key, label, type, position) values ('lead', 'size', 'Size', 'text', 1) returning id::text as id`),
    tag: await add(sql`insert into tag (name, name_key) values ('Spare', 'spare') returning id::text as id`),
    view: await add(sql`
      insert into saved_view (entity, name, owner_id, is_shared, updated_at)
      select 'lead', 'Shared', u.id, true, now() from app_user u where u.email = 'admin@example.com' returning id::text as id`),
    dashboard: await add(sql`
      insert into dashboard (name, owner_id, audience, selection)
      select 'Shared', u.id, 'everyone', '{"range":"this-year","compare":"none","filters":{}}' from app_user u
      where u.email = 'admin@example.com' returning id::text as id`),
    exploration: await add(sql`
      insert into exploration (name, owner_id, is_shared, chart, selection)
      select 'Shared', u.id, true, '{"metrics":["revenue"],"by":null,"type":"bar"}',
             '{"range":"this-year","compare":"none","filters":{}}'
      from app_user u where u.email = 'admin@example.com' returning id::text as id`),
    target: await add(sql`
      insert into target (metric, team_id, grain, starts_on, ends_on, value)
      select 'revenue', t.id, 'month', '2026-03-01', '2026-03-31', 100 from team t where t.name = 'North'
      returning id::text as id`),
    lostReason: await add(sql`select id::text as id from lost_reason where entity = 'lead' order by position limit 1`),
    automationRule: await add(sql`
      insert into automation_rule (entity, name, trigger, actions, owner_id, updated_at)
      select 'lead', 'Spare', '{"on":"created"}', '[{"do":"notify","owner":true,"userIds":[],"text":"New"}]', u.id, now()
      from app_user u where u.email = 'admin@example.com' returning id::text as id`),
    mailTemplate: await add(sql`
      insert into mail_template (name, subject, body, updated_at) values ('Spare', 'Spare', 'Spare', now()) returning id::text as id`),
    mail: await add(sql`
      insert into mail (kind, to_address, subject, state) values ('test', 'rep@example.com', 'Test', 'sent')
      returning id::text as id`),
  };
}
