import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import type { ChangeListener } from '../../backend/notify/index.ts';
import { ruleWorld } from '../automation/rule-world.ts';
import { type ImportOptions, importText } from './support.ts';

const world = ruleWorld();
const file = (rows: string) => `Lead ID,Name,Segment,Stage\n${rows}`;
const bring = (rows: string, options: ImportOptions = {}) =>
  importText(world.crm.database, 'leads', file(rows), { runsRules: true, ...options });
const task = (title: string) => [{ do: 'create-task', title, type: 'call', dueInDays: 2 }];
const created = { on: 'created' } as const;

async function ranOn(rule: { id: string }): Promise<string[]> {
  await world.work();
  return (await world.runs(rule)).map(({ record }) => record.name).sort();
}
const waiting = async () =>
  (
    await world.crm.database.sql.first<{ n: number }>(
      sql`select count(*)::int as n from outbox where kind = 'record.changed'`,
    )
  )?.n;

beforeEach(async () => {
  await world.pauseAll();
  await world.crm.database.execScript('delete from outbox; delete from lead');
});

describe('rules and imports', () => {
  it('have nothing to do with each other unless that is asked for', async () => {
    const rule = await world.live({ trigger: created, actions: task('Call') });
    await bring('1,Ann,SMB,New\n', { runsRules: false });
    expect(await waiting()).toBe(0);
    expect(await ranOn(rule)).toEqual([]);
  });

  it('note nothing while no rule is live', async () => {
    await bring('1,Ann,SMB,New\n');
    expect(await waiting()).toBe(0);
  });

  it('run on what the file creates, on fields that it changes and on stages that records enter', async () => {
    const onNew = await world.live({ trigger: created, actions: task('Call') });
    const onSegment = await world.live({ trigger: { on: 'field-changed', field: 'segment' }, actions: task('Look') });
    const stageId = world.crm.stages.lead.Qualified;
    const onStage = await world.live({ trigger: { on: 'stage-entered', stageId }, actions: task('Meet') });
    await bring('1,Ann,SMB,New\n2,Bob,SMB,New\n3,Cid,SMB,Qualified\n');
    expect(await ranOn(onNew)).toEqual(['Ann', 'Bob', 'Cid']);
    expect([await ranOn(onSegment), await ranOn(onStage)]).toEqual([[], ['Cid']]);
    await bring('1,Ann,Enterprise,New\n2,Bob,SMB,Qualified\n3,Cid,SMB,Qualified\n');
    expect(await ranOn(onNew)).toHaveLength(3);
    expect([await ranOn(onSegment), await ranOn(onStage)]).toEqual([['Ann'], ['Bob', 'Cid']]);
  });

  it('hear nothing of a trial', async () => {
    await world.live({ trigger: created, actions: task('Call') });
    await bring('1,Ann,SMB,New\n', { isDryRun: true });
    expect(await waiting()).toBe(0);
  });
});

it('open pages are told once of a batch, and not of a trial or of a file that changes nothing', async () => {
  const told: string[] = [];
  const changes: ChangeListener = {
    announce: ({ id }) => told.push(id),
    announceMany: (entity) => told.push(entity),
  };
  await bring('1,Ann,SMB,New\n2,Bob,SMB,New\n', { isDryRun: true, changes });
  expect(told).toEqual([]);
  await bring('1,Ann,SMB,New\n2,Bob,SMB,New\n', { changes });
  await bring('1,Ann,SMB,New\n2,Bob,SMB,New\n', { changes });
  expect(told).toEqual(['lead']);
});
