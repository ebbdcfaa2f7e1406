import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import { testEngine } from '../support/database.ts';
import { ruleWorld } from './rule-world.ts';

const SCRIPT = fileURLToPath(new URL('./mortal-worker.ts', import.meta.url));

describe.runIf(testEngine === 'postgres')('a worker that is killed', () => {
  const world = ruleWorld({ WEBHOOK_ALLOWED_HOSTS: 'hooks.example' });
  const workers = new Set<ChildProcess>();
  afterEach(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await world.pauseAll();
  });

  const row = async <T>(statement: ReturnType<typeof sql>) => (await world.crm.database.sql.first<T>(statement)) as T;

  async function start(death: string): Promise<ChildProcess> {
    const { name } = await row<{ name: string }>(sql`select current_database() as name`);
    const worker = spawn(process.execPath, [SCRIPT, death], {
      env: {
        ...process.env,
        DATABASE_URL: `${inject('postgresUrl')}/${name}`,
        SECRET_KEY: 'kT9vX2qLm8RzY4wNc7Hb1JdPf6GsA3Ue',
        WEBHOOK_ALLOWED_HOSTS: 'hooks.example',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.add(worker);
    worker.once('exit', () => workers.delete(worker));
    return worker;
  }

  /** The signal it died of; null when it ended by itself. */
  async function outcome(worker: ChildProcess): Promise<string | null> {
    const [, signal] = (await once(worker, 'exit')) as [number | null, string | null];
    return signal;
  }

  const everyKindOfStep = () => [
    { do: 'create-task', title: 'First', dueInDays: 1 },
    { do: 'set-field', field: 'segment', value: 'SMB' },
    { do: 'notify', text: 'Look' },
    { do: 'webhook', url: 'http://hooks.example/in' },
    { do: 'assign', how: 'round-robin', userIds: [world.crm.company.users.rep, world.crm.company.users.colleague] },
    { do: 'move-stage', stageId: world.crm.stages.lead.Qualified },
  ];

  const effectsOn = (leadId: string) =>
    row<Record<string, number>>(sql`
      select
        (select count(*)::int from task where record_id = ${leadId}::uuid) as tasks,
        (select count(*)::int from audit_entry where entity_id = ${leadId} and action = 'lead.updated') as updates,
        (select count(*)::int from notification where record_id = ${leadId}::uuid and kind = 'rule') as notifications,
        (select count(*)::int from webhook_delivery where payload->'record'->>'id' = ${leadId}) as calls,
        (select count(*)::int from stage_event where record_id = ${leadId}::uuid and from_stage_id <> to_stage_id) as moves,
        (select count(*)::int from automation_step s join automation_run x on x.id = s.run_id where x.record_id = ${leadId}::uuid) as steps`);

  it('leaves every step done exactly once, wherever between two steps it dies', { timeout: 240_000 }, async () => {
    const { crm } = world;
    await world.live({ trigger: { on: 'created' }, actions: everyKindOfStep() });
    const lead = await crm.addLead('admin');
    let deaths = 0;
    // At each transaction (the dispatch and six steps) one worker dies before the commit and one right after it.
    for (let transaction = 0; transaction < 7; transaction += 1) {
      for (const death of ['before:1', 'after:1']) {
        expect(await outcome(await start(death))).toBe('SIGKILL');
        deaths += 1;
      }
    }
    expect(await outcome(await start('never'))).toBeNull();
    expect(deaths).toBe(14);
    expect(await effectsOn(lead.id)).toEqual({ tasks: 1, updates: 2, notifications: 1, calls: 1, moves: 1, steps: 6 });
    expect(await row(sql`select state, attempts from automation_run where record_id = ${lead.id}::uuid`)).toEqual({
      state: 'done',
      attempts: 0,
    });
  });

  it('shares the work with others that live on, at any moment it is killed', { timeout: 240_000 }, async () => {
    const { crm } = world;
    await world.live({ trigger: { on: 'created' }, actions: everyKindOfStep() });
    const leads: Lead[] = [];
    for (let index = 0; index < 12; index += 1) leads.push(await crm.addLead('admin'));
    const done = async () =>
      (
        await row<{
          n: number;
        }>(sql`select count(*)::int as n from automation_step s join automation_run x on x.id = s.run_id
        where x.record_id = any(${leads.map(({ id }) => id)}::uuid[])`)
      ).n;
    for (const mark of [1, 9, 20]) {
      const pair = [await start('never'), await start('never')];
      const ends = pair.map(outcome);
      await expect.poll(done, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(mark);
      for (const worker of pair) worker.kill('SIGKILL');
      await Promise.all(ends);
    }
    expect(await outcome(await start('never'))).toBeNull();
    for (const { id } of leads) {
      expect(await effectsOn(id)).toEqual({ tasks: 1, updates: 2, notifications: 1, calls: 1, moves: 1, steps: 6 });
    }
    const owners = await crm.database.sql.rows<{ name: string; n: number }>(sql`
      select u.name, count(*)::int as n from lead l join app_user u on u.id = l.owner_id
      where l.id = any(${leads.map(({ id }) => id)}::uuid[]) group by u.name order by u.name`);
    expect(owners).toEqual([
      { name: 'Cora Colleague', n: 6 },
      { name: 'Rolf Rep', n: 6 },
    ]);
  });
});
