import { afterEach, describe, expect, it } from 'vitest';
import type { AutomationRuleWire, RuleAction } from '../../backend/contracts/automation.ts';
import { sql } from '../../backend/db/index.ts';
import { pointersOf } from '../support/crm.ts';
import { ruleWorld, tell } from './rule-world.ts';

const world = ruleWorld();
afterEach(async () => {
  world.crm.clock.now = null;
  await world.pauseAll();
});

const HOUR = 3_600_000;
const detailOf = (answer: { body: unknown }) => (answer.body as { detail: string }).detail;

describe('the life of a rule', () => {
  it('is refused with every problem it has', async () => {
    const answer = await world.admin.post('/automation-rules', {
      entity: 'lead',
      name: 'Wrong',
      trigger: { on: 'field-changed', field: 'amount' },
      conditions: { items: [{ field: 'score', operator: 'contains', values: ['8'] }] },
      actions: [
        { do: 'move-stage', stageId: world.crm.stages.opportunity.Proposal },
        { do: 'set-field', field: 'email', value: 'no address' },
        { do: 'webhook', url: 'https://169.254.169.254/latest' },
        { do: 'assign', how: 'least-busy' },
      ],
    });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual([
      '/actions/0',
      '/actions/1',
      '/actions/2',
      '/actions/3',
      '/conditions/items/0',
      '/trigger/field',
    ]);
  });

  it('goes live only after a replay of what it does now', async () => {
    const draft = await world.write({ trigger: { on: 'created' }, actions: [tell()] });
    const early = await world.activate(draft);
    expect([early.status, detailOf(early)]).toEqual([409, expect.stringContaining('Replay the rule first')]);
    const replayed = await world.replay(draft);
    await world.admin.patch(
      `/automation-rules/${draft.id}`,
      { actions: [tell('Something else')] },
      { 'If-Match': `"${replayed.version}"` },
    );
    expect((await world.activate(draft)).status).toBe(409);
    await world.replay(draft);
    expect((await world.activate(draft)).status).toBe(200);
    const renamed = await world.admin.patch(`/automation-rules/${draft.id}`, { name: 'Renamed' });
    expect(renamed.body).toMatchObject({ state: 'active', name: 'Renamed' });
    const changed = await world.admin.patch(`/automation-rules/${draft.id}`, { actions: [tell('Third')] });
    expect(changed.body).toMatchObject({ state: 'draft', replay: null });
  });

  it('is refused with the loop by name, also where two close it at the same moment', async () => {
    const { lead } = world.crm.stages;
    const step = (
      from: string,
      to: string,
    ): { trigger: { on: 'stage-entered'; stageId: string }; actions: RuleAction[] } => ({
      trigger: { on: 'stage-entered', stageId: from },
      actions: [{ do: 'move-stage', stageId: to }],
    });
    const there = await world.replay(await world.write({ name: 'There', ...step(lead.New, lead.Qualified) }));
    const back = await world.replay(await world.write({ name: 'Back', ...step(lead.Qualified, lead.New) }));
    const answers = await Promise.all([world.activate(there), world.activate(back)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(detailOf(refused ?? { body: {} })).toMatch(
      /loop: “(There|Back)” does “Move it to the stage .*sets off “(There|Back)”; then/,
    );
  });

  it('is replayed over 90 days as the records stood then, and changes nothing', async () => {
    const { crm } = world;
    const old = await crm.addLead('rep', { name: 'Too old', source: 'Replay' });
    const lead = await crm.addLead('rep', { name: 'Was web', source: 'Replay', email: 'web@customer.example' });
    const mute = await crm.addLead('rep', { name: 'No address', source: 'Replay' });
    await crm.database.sql.rows(
      sql`update lead set created_at = now() - interval '91 days' where id = ${old.id}::uuid`,
    );
    const rep = await crm.as('rep');
    await rep.patch(`/leads/${lead.id}`, { source: 'Other' });
    const template = await world.admin.post<{ id: string }>('/mail-templates', { name: 'R', subject: 'S', body: 'B' });
    const before = await crm.rowCounts();
    const rule = await world.replay(
      await world.write({
        trigger: { on: 'created' },
        conditions: { items: [{ field: 'source', operator: 'any-of', values: ['Replay'] }] },
        actions: [{ do: 'send-mail', templateId: template.body.id, to: 'contact' }],
      }),
    );
    expect(rule.replay).toMatchObject({ matched: 2, records: 2, steps: [{ count: 1, problems: 1 }] });
    expect(rule.replay?.cases.map(({ record, steps, problems }) => [record.name, steps, problems])).toEqual([
      ['No address', [], ['Send the mail “R” to the lead: it had no e-mail address']],
      ['Was web', ['Send the mail “R” to the lead'], []],
    ]);
    expect(mute.id).toBe(rule.replay?.cases[0]?.record.id);
    // Others who may manage rules see how many, and no names of records that may be out of their reach.
    await crm.database.sql.rows(sql`
      update role set permissions = permissions || '{"automation.manage":"all"}'::jsonb where key = 'manager'`);
    const manager = await crm.as('manager');
    const seen = async () => (await manager.get<AutomationRuleWire>(`/automation-rules/${rule.id}`)).body.replay;
    expect(await seen()).toMatchObject({ matched: 2, cases: [] });
    // Whoever puts it live becomes its owner, and still hasn't replayed it.
    const live = await manager.post<AutomationRuleWire>(`/automation-rules/${rule.id}/activate`, {});
    expect(live.body).toMatchObject({ owner: { name: 'Mona Manager' }, replay: { matched: 2, cases: [] } });
    await world.replay(rule, 'manager');
    expect((await seen())?.cases.map(({ record }) => record.name)).toEqual(['No address', 'Was web']);
    expect(await seen()).not.toHaveProperty('by');
    await crm.database.sql.rows(sql`
      update role set permissions = permissions - 'automation.manage' where key = 'manager'`);
    expect({ ...(await crm.rowCounts()), audit_entry: 0 }).toEqual({ ...before, audit_entry: 0 });
  });

  it('is paused after five failures in a row, and its owner is told', async () => {
    const { crm, admin } = world;
    const rule = await world.live({
      trigger: { on: 'created' },
      actions: [{ do: 'set-field', field: 'segment', value: 'SMB' }],
    });
    await crm.database.sql.rows(sql`
      update automation_rule set actions = '[{"do":"send-mail","templateId":"01890000-0000-7000-8000-000000000000","to":"owner"}]'
      where id = ${rule.id}::uuid`);
    for (let index = 0; index < 6; index += 1) await crm.addLead('rep');
    await world.work();
    const now = await admin.get(`/automation-rules/${rule.id}`);
    expect(now.body).toMatchObject({
      state: 'paused',
      failures: 5,
      pausedReason: expect.stringContaining('failed 5 times'),
    });
    const states = (await world.runs(rule)).map(({ state }) => state);
    expect(states).toEqual(['skipped', 'failed', 'failed', 'failed', 'failed', 'failed']);
    const told = await crm.database.sql.rows(sql`
      select n.title, u.name from notification n join app_user u on u.id = n.user_id where n.kind = 'rule-paused'`);
    expect(told).toEqual([{ title: `The rule “${rule.name}” was paused`, name: 'Ada Admin' }]);
    const mails = await crm.database.sql.rows(sql`select to_address from mail where kind = 'rule-paused'`);
    expect(mails).toEqual([{ to_address: 'admin@example.com' }]);
  });

  it('is paused once its owner may not manage rules any more, and those who may are told', async () => {
    const { crm, admin } = world;
    const rule = await world.live({ trigger: { on: 'created' }, actions: [{ do: 'create-task', title: 'Call' }] });
    await crm.database.sql.rows(sql`
      update automation_rule set owner_id = ${crm.company.users.rep}::uuid where id = ${rule.id}::uuid`);
    await crm.addLead('rep');
    await world.work();
    expect(await world.runs(rule)).toEqual([]);
    await world.pass();
    const { body } = await admin.get(`/automation-rules/${rule.id}`);
    expect(body).toMatchObject({ state: 'paused', pausedReason: expect.stringContaining('manage rules any more') });
    const told = await crm.database.sql.rows(sql`
      select u.name from notification n join app_user u on u.id = n.user_id
      where n.kind = 'rule-paused' and n.title like ${`%${rule.name}%`}`);
    expect(told).toEqual([{ name: 'Ada Admin' }]);
  });

  it('goes on with a failed run from the step where it stopped', async () => {
    const { crm, admin } = world;
    const rule = await world.live({
      trigger: { on: 'created' },
      actions: [
        { do: 'create-task', title: 'Only once' },
        {
          do: 'send-mail',
          templateId: (await admin.post<{ id: string }>('/mail-templates', { name: 'Later', subject: 'S', body: 'B' }))
            .body.id,
          to: 'contact',
        },
      ],
    });
    const lead = await crm.addLead('rep');
    await world.work();
    const [failed] = await world.runs(rule);
    expect(failed).toMatchObject({ state: 'failed', error: 'There is no e-mail address to write to.' });
    await (await crm.as('rep')).patch(`/leads/${lead.id}`, { email: 'late@customer.example' });
    expect((await admin.post(`/automation-runs/${failed?.id}/retry`, {})).status).toBe(200);
    await world.work();
    expect(await world.runs(rule)).toMatchObject([{ state: 'done' }]);
    const tasks = await crm.database.sql.rows(sql`select title from task where record_id = ${lead.id}::uuid`);
    expect(tasks).toEqual([{ title: 'Only once' }]);
  });

  it('is set off by fields, stages, activities and scores, and by what another rule does, never by itself', async () => {
    const { crm } = world;
    const field = await world.live({
      trigger: { on: 'field-changed', field: 'region' },
      actions: [{ do: 'move-stage', stageId: crm.stages.lead.Qualified }],
    });
    const stage = await world.live({
      trigger: { on: 'stage-entered', stageId: crm.stages.lead.Qualified },
      actions: [tell()],
    });
    const call = await world.live({ trigger: { on: 'activity-logged', type: 'call' }, actions: [tell()] });
    const score = await world.live({
      trigger: { on: 'score-crosses', threshold: 80, direction: 'up' },
      actions: [tell()],
    });
    const lead = await crm.addLead('rep');
    const rep = await crm.as('rep');
    await rep.patch(`/leads/${lead.id}`, { region: 'North' });
    await rep.patch(`/leads/${lead.id}`, { company: 'Acme' });
    await rep.post(`/leads/${lead.id}/activities`, { type: 'note', subject: 'Noted' });
    await rep.post(`/leads/${lead.id}/activities`, { type: 'call', subject: 'Called' });
    for (const value of [70, 85, 90, 60, 81]) {
      await crm.database.sql.rows(sql`update lead set score = ${value}::float8 where id = ${lead.id}::uuid`);
    }
    await world.work();
    const counts = [];
    for (const rule of [field, stage, call, score]) counts.push((await world.runs(rule)).length);
    expect(counts).toEqual([1, 1, 1, 2]);
  });

  it('is set off by the clock: overdue tasks, silence and the hour, each once', async () => {
    const { crm } = world;
    const start = new Date();
    const at = (hours: number) => new Date(start.getTime() + hours * HOUR);
    crm.clock.now = start;
    const only = { items: [{ field: 'name', operator: 'any-of' as const, values: ['Clock'] }] };
    const overdue = await world.live({
      trigger: { on: 'task-overdue', type: null },
      conditions: only,
      actions: [tell()],
    });
    const quiet = await world.live({ trigger: { on: 'no-activity', days: 3 }, conditions: only, actions: [tell()] });
    const hour = await world.live({
      trigger: { on: 'time-of-day', at: at(2).toISOString().slice(11, 16), weekdays: [1, 2, 3, 4, 5, 6, 7] },
      conditions: only,
      actions: [tell()],
    });
    const lead = await crm.addLead('rep', { name: 'Clock' });
    const rep = await crm.as('rep');
    const due = {
      title: 'Soon',
      dueOn: at(1).toISOString().slice(0, 10),
      dueTime: at(1).toISOString().slice(11, 16),
      timeZone: 'UTC',
    };
    expect((await rep.post(`/leads/${lead.id}/tasks`, due)).status).toBe(201);
    const counts = async () => {
      await world.pass();
      await world.pass();
      const found: number[] = [];
      // Sessions end as the clock goes on: the table is asked itself.
      for (const { id } of [overdue, quiet, hour]) {
        const row = await crm.database.sql.first<{ n: number }>(sql`
          select count(*)::int as n from automation_run where rule_id = ${id}::uuid and state = 'done'`);
        found.push(row?.n ?? 0);
      }
      return found;
    };
    expect(await counts()).toEqual([0, 0, 0]);
    crm.clock.now = at(1.5);
    expect(await counts()).toEqual([1, 0, 0]);
    crm.clock.now = at(2.5);
    expect(await counts()).toEqual([1, 0, 1]);
    crm.clock.now = at(3 * 24 + 1);
    expect(await counts()).toEqual([1, 1, 1]);
  });
});
