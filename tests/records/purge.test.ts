import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Merge } from '../../backend/contracts/duplicates.ts';
import type { TimelineEntry } from '../../backend/contracts/timeline.ts';
import { raw, sql } from '../../backend/db/index.ts';
import type { JobContext } from '../../backend/jobs/index.ts';
import { purgeJob } from '../../backend/records/purge.job.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

type Table = 'lead' | 'opportunity' | 'account' | 'contact';

let crm: Crm;
let admin: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

const purge = () => purgeJob.run({ db: crm.database, progress: async () => {} } as unknown as JobContext, {} as never);
const agedBy = (days: number, table: Table, ...ids: string[]) =>
  crm.database.sql.rows(sql`
    update ${raw(table)} set deleted_at = deleted_at - make_interval(days => ${days}::int) where id = any(${ids}::uuid[])`);
const isThere = async (table: Table, id: string) =>
  (await crm.database.sql.first(sql`select 1 as there from ${raw(table)} where id = ${id}::uuid`)) !== undefined;

describe('the purge', () => {
  beforeEach(() => purge());

  it('erases what was deleted over thirty days ago, and all that other tables hold of it', async () => {
    const lead = await crm.addLead('admin', { name: 'Erika', email: 'erika@private.example' });
    const other = await crm.addLead('admin', { name: 'Other', email: 'other@stays.example' });
    const { sql: runner } = crm.database;
    await runner.rows(sql`
      with rule as (insert into automation_rule (entity, name, trigger) values ('lead', 'Tell', '{"on":"created"}') returning id),
        there as (insert into connection (provider, name) values ('hubspot', 'Portal') returning id),
        l as (select id, name, email from lead where id in (${lead.id}::uuid, ${other.id}::uuid)),
        run as (insert into automation_run (rule_id, record_type, record_id, occasion, actions)
          select rule.id, 'lead', l.id, 'new ' || l.id, '[]' from rule, l returning id, rule_id, record_id),
        step as (insert into automation_step (run_id, index, result)
          select run.id, 0, jsonb_build_object('text', 'Told ' || l.email) from run join l on l.id = run.record_id returning run_id),
        sent as (insert into webhook_delivery (run_id, rule_id, url, payload)
          select run.id, run.rule_id, 'https://x.example', jsonb_build_object('email', l.email) from run join l on l.id = run.record_id returning id),
        planned as (insert into task (record_type, record_id, title) select 'lead', l.id, 'Call ' || l.email from l returning id, title),
        due as (insert into notification (user_id, kind, title, task_id)
          select ${crm.company.users.rep}::uuid, 'reminder', planned.title, planned.id from planned returning id),
        told as (insert into notification (user_id, kind, title, record_type, record_id)
          select ${crm.company.users.rep}::uuid, 'rule', 'New: ' || l.email, 'lead', l.id from l returning id)
      insert into external_reference (connection_id, entity, external_id, record_id)
      select there.id, 'lead', l.email, l.id from there, l`);
    const traces = async (address: string) => {
      const parts = ['lead', 'automation_step', 'webhook_delivery', 'task', 'notification', 'external_reference'].map(
        (table) => `select count(*)::int as n from ${table} x where x::text like '%${address}%'`,
      );
      const { rows } = await crm.database.executeSql(parts.join(' union all '));
      return (rows as { n: number }[]).map(({ n }) => n);
    };
    await admin.delete(`/leads/${lead.id}`);
    await agedBy(29, 'lead', lead.id);
    await purge();
    expect(await traces('erika@private')).toEqual([1, 1, 1, 1, 2, 1]);
    await agedBy(2, 'lead', lead.id);
    await purge();
    expect(await traces('erika@private')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await traces('other@stays')).toEqual([1, 1, 1, 1, 2, 1]);
  });

  it('keeps what was merged away as the history of the record that stayed, and erases it with that one', async () => {
    const rep = await crm.as('rep');
    const stays = await crm.addLead('rep', { name: 'Stays' });
    const goes = await crm.addLead('rep', { name: 'Merged away', email: 'away@private.example' });
    const before = await crm.addLead('rep', { name: 'Merged before' });
    await rep.post(`/leads/${goes.id}/activities`, { type: 'note', subject: 'Met at the fair' });
    await rep.post(`/leads/${goes.id}/stage`, { stageId: crm.stages.lead.Qualified });
    await rep.patch(`/leads/${before.id}`, { source: 'Fair' });
    const merge = (survivorId: string, absorbed: string) =>
      admin.post<Merge>('/merges', { entity: 'lead', survivorId, absorbedIds: [absorbed] });
    await merge(goes.id, before.id);
    const { body: last } = await merge(stays.id, goes.id);
    const history = async (client: CheckedClient) => {
      const { items } = (await client.get<{ items: TimelineEntry[] }>(`/leads/${stays.id}/timeline?limit=100`)).body;
      return items.filter(({ record }) => record).map(({ kind, record }) => `${kind} ${record?.name}`);
    };
    const told = [
      'merge Merged away',
      'change Merged before',
      'stage Merged away',
      'stage Merged before',
      'stage Merged away',
    ];
    expect((await history(admin)).sort()).toEqual([...told].sort());
    await crm.database.sql.rows(sql`update lead set owner_id = null, team_id = null where id = ${goes.id}::uuid`);
    expect((await history(rep)).filter((line) => line.endsWith(' '))).toEqual(['merge ', 'stage ', 'stage ']);

    await agedBy(40, 'lead', goes.id, before.id);
    await crm.database.sql.rows(
      sql`update merge set merged_at = merged_at - interval '40 days' where id = ${last.id}::uuid`,
    );
    await purge();
    expect((await history(admin)).sort()).toEqual([...told].sort());
    expect((await admin.post(`/merges/${last.id}/undo`)).status).toBe(409);

    await admin.delete(`/leads/${stays.id}`);
    await agedBy(31, 'lead', stays.id);
    await purge();
    for (const { id } of [stays, goes, before]) expect(await isThere('lead', id)).toBe(false);
  });

  it('keeps what others point to until they are gone, too', async () => {
    const account = await crm.addAccount('admin', { name: 'Pointed to' });
    const contact = await crm.addContact('admin', { name: 'Pointed at', accountId: account.id });
    const opportunity = await crm.addOpportunity('admin', {
      ...{ name: 'Points', accountId: account.id, contactId: contact.id },
    });
    const child = await crm.addAccount('admin', { name: 'Child' });
    const belongs = (to: string | null) =>
      crm.database.sql.rows(sql`update account set parent_id = ${to}::uuid where id = ${child.id}::uuid`);
    await belongs(account.id);
    await admin.delete(`/contacts/${contact.id}`);
    await admin.delete(`/accounts/${account.id}`);
    await Promise.all([agedBy(31, 'contact', contact.id), agedBy(31, 'account', account.id)]);
    await purge();
    expect([await isThere('contact', contact.id), await isThere('account', account.id)]).toEqual([true, true]);

    await admin.delete(`/opportunities/${opportunity.id}`);
    await agedBy(31, 'opportunity', opportunity.id);
    await purge();
    expect([await isThere('opportunity', opportunity.id), await isThere('contact', contact.id)]).toEqual([
      false,
      false,
    ]);
    expect(await isThere('account', account.id)).toBe(true);
    await belongs(null);
    await purge();
    expect(await isThere('account', account.id)).toBe(false);
  });
});
