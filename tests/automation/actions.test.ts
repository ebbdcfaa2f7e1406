import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { TimelineEntry } from '../../backend/contracts/timeline.ts';
import { sql } from '../../backend/db/index.ts';
import { ruleWorld } from './rule-world.ts';

const world = ruleWorld();
afterEach(() => world.pauseAll());

const leadNow = async (id: string) => (await world.admin.get<Lead>(`/leads/${id}`)).body;

describe('what rules do', () => {
  it('does every step in turn when a lead is created and the conditions hold', async () => {
    const { crm, admin } = world;
    const template = await admin.post<{ id: string }>('/mail-templates', {
      name: 'Welcome',
      subject: 'Hello {{contact.name}}',
      body: 'Dear {{contact.name}},\n\nwe saw that {{record.company|you}} likes {{record.productCategory|our products}}.\n{{owner.name}}',
    });
    expect(template.status).toBe(201);
    const rule = await world.live({
      trigger: { on: 'created' },
      conditions: { items: [{ field: 'source', operator: 'any-of', values: ['web'] }] },
      actions: [
        { do: 'set-field', field: 'segment', value: 'SMB' },
        { do: 'move-stage', stageId: crm.stages.lead.Qualified },
        { do: 'create-task', title: 'Call them', type: 'call', dueInDays: 2 },
        { do: 'notify', text: 'A lead from the web' },
        { do: 'send-mail', templateId: template.body.id, to: 'contact' },
      ],
    });
    const other = await crm.addLead('rep', { source: 'fair' });
    const lead = await crm.addLead('rep', { source: 'Web', email: 'ann@customer.example', company: 'Acme' });
    await world.work();
    expect(await leadNow(lead.id)).toMatchObject({ segment: 'SMB', stage: { name: 'Qualified' } });
    expect(await leadNow(other.id)).toMatchObject({ segment: null, stage: { name: 'New' } });
    const [run, ...more] = await world.runs(rule);
    expect(more).toEqual([]);
    expect(run).toMatchObject({ state: 'done', error: null, record: { id: lead.id } });
    expect(run?.steps.map(({ text }) => text)).toEqual([
      'Set the field Segment',
      'Moved to the stage Qualified',
      'Created the task “Call them”',
      'Notified Rolf Rep',
      'Sent the mail “Welcome” to Somebody',
    ]);
    const tasks = await admin.get<{ items: { title: string; assignee: { name: string } }[] }>(
      `/leads/${lead.id}/tasks`,
    );
    expect(tasks.body.items).toMatchObject([{ title: 'Call them', assignee: { name: 'Rolf Rep' } }]);
    const mail = await crm.database.sql.first(
      sql`select kind, to_address, subject from mail where kind = 'rule-letter'`,
    );
    expect(mail).toEqual({ kind: 'rule-letter', to_address: 'ann@customer.example', subject: 'Hello Somebody' });
    const told = await crm.database.sql.rows(sql`select title from notification where kind = 'rule'`);
    expect(told).toEqual([{ title: 'A lead from the web' }]);
  });

  it('writes the rule into the history and the audit log of what it changes', async () => {
    const { crm } = world;
    const rule = await world.live({
      trigger: { on: 'created' },
      actions: [{ do: 'move-stage', stageId: crm.stages.lead.Qualified }],
    });
    const lead = await crm.addLead('rep');
    await world.work();
    const event = await crm.database.sql.first(sql`
      select rule_id::text as rule from stage_event where record_id = ${lead.id}::uuid order by at desc limit 1`);
    const audit = await crm.database.sql.first(sql`
      select rule_id::text as rule, actor_kind as kind from audit_entry where entity_id = ${lead.id} order by at desc limit 1`);
    expect(event).toEqual({ rule: rule.id });
    expect(audit).toEqual({ rule: rule.id, kind: 'system' });
  });

  it('tells nobody of a field that they don’t see', async () => {
    const { crm, admin } = world;
    const secret = { entity: 'lead', key: 'secret', label: 'Takeover', type: 'text', visibleTo: ['admin'] };
    expect((await admin.post('/fields', secret)).status).toBe(201);
    await world.live({
      trigger: { on: 'created' },
      actions: [
        { do: 'set-field', field: 'custom.secret', value: 'yes' },
        { do: 'set-field', field: 'segment', value: 'SMB' },
      ],
    });
    const { id } = await crm.addLead('rep');
    await world.work();
    const told = async (client: typeof admin) =>
      (await client.get<Page<TimelineEntry>>(`/leads/${id}/timeline?kind=rule`)).body.items.map((entry) =>
        entry.kind === 'rule' ? entry.text : entry.kind,
      );
    expect((await told(admin)).sort()).toEqual(['Set the field Segment', 'Set the field Takeover']);
    expect(await told(await crm.withRole({ 'lead.read': 'all' }))).toEqual(['Set the field Segment']);
  });

  it('assigns in turn, over several runs', async () => {
    const { crm } = world;
    const { rep, colleague, stranger } = crm.company.users;
    await world.live({
      trigger: { on: 'created' },
      actions: [{ do: 'assign', how: 'round-robin', userIds: [stranger, rep, colleague] }],
    });
    const leads = [];
    for (let index = 0; index < 4; index += 1) leads.push(await crm.addLead('admin'));
    // All runs come into line in the same moment.
    crm.clock.now = new Date();
    await world.work();
    crm.clock.now = null;
    const owners = [];
    for (const { id } of leads) owners.push((await leadNow(id)).owner?.name);
    expect(owners).toEqual(['Cora Colleague', 'Rolf Rep', 'Stan Stranger', 'Cora Colleague']);
  });

  it('assigns to whoever has the fewest open leads', async () => {
    const { crm } = world;
    const { rep, colleague } = crm.company.users;
    const open = async (id: string) =>
      (
        await crm.database.sql.first<{ n: number }>(sql`
        select count(*)::int as n from lead r join stage s on s.id = r.stage_id where r.owner_id = ${id}::uuid and s.kind = 'open'`)
      )?.n ?? 0;
    await world.live({
      trigger: { on: 'created' },
      conditions: { items: [{ field: 'name', operator: 'any-of', values: ['Busy?'] }] },
      actions: [{ do: 'assign', how: 'least-busy', userIds: [rep, colleague] }],
    });
    const expected = (await open(rep)) <= (await open(colleague)) ? rep : colleague;
    while ((await open(rep)) === (await open(colleague))) await crm.addLead(expected === rep ? 'colleague' : 'rep');
    const lead = await crm.addLead('admin', { name: 'Busy?' });
    await world.work();
    expect((await leadNow(lead.id)).owner?.id).toBe(expected);
  });

  it('acts with the rights of its owner only', async () => {
    const { crm } = world;
    const keeper = await crm.withRole(
      { 'automation.manage': 'all', 'lead.read': 'team', 'lead.write': 'team' },
      'South',
    );
    const written = await keeper.post<{ id: string; version: number }>('/automation-rules', {
      entity: 'lead',
      name: 'Of the South',
      trigger: { on: 'created' },
      actions: [{ do: 'set-field', field: 'segment', value: 'South' }],
    });
    expect(written.status).toBe(201);
    await crm.database.sql.rows(
      sql`update automation_rule set replayed_version = version where id = ${written.body.id}::uuid`,
    );
    expect((await keeper.post(`/automation-rules/${written.body.id}/activate`, {})).status).toBe(200);
    const north = await crm.addLead('rep');
    const south = await crm.addLead('stranger');
    await world.work();
    expect((await leadNow(north.id)).segment).toBeNull();
    expect((await leadNow(south.id)).segment).toBe('South');
  });
});
