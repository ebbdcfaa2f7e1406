import { describe, expect, it } from 'vitest';
import { describeLoop, findLoop, type LoopRule, type StageKinds } from '../../backend/automation/loops.ts';
import { wordsOf } from '../../backend/automation/words.ts';
import type {
  AutomationCatalogue,
  RuleAction,
  RuleCondition,
  RuleTrigger,
} from '../../backend/contracts/automation.ts';

const stages: StageKinds = new Map([
  ['new', 'open'],
  ['qualified', 'open'],
  ['converted', 'won'],
]);

function rule(
  name: string,
  trigger: RuleTrigger,
  actions: RuleAction[],
  rest: { items?: RuleCondition[]; match?: 'all' | 'any'; entity?: 'lead' | 'opportunity' } = {},
): LoopRule {
  const { items = [], match = 'all', entity = 'lead' } = rest;
  return { id: name, name, entity, trigger, conditions: { match, items }, actions };
}
const enters = (stageId: string | null): RuleTrigger => ({ on: 'stage-entered', stageId });
const changes = (field: string): RuleTrigger => ({ on: 'field-changed', field });
const move = (stageId: string): RuleAction => ({ do: 'move-stage', stageId });
const set = (field: string, value: string | null): RuleAction => ({ do: 'set-field', field, value });
const task: RuleAction = {
  do: 'create-task',
  title: 'Again',
  type: 'call',
  priority: 'normal',
  dueInDays: 1,
  assigneeId: null,
};
const namesOf = (rules: LoopRule[]) =>
  findLoop(rules, rules.at(-1) as LoopRule, stages)?.map((step) => step.rule.name) ?? null;

describe('loops', () => {
  it('is found where one rule sets itself off', () => {
    expect(namesOf([rule('Self', changes('segment'), [set('segment', 'SMB')])])).toEqual(['Self']);
    expect(namesOf([rule('Any stage', enters(null), [move('qualified')])])).toEqual(['Any stage']);
  });

  it('is found through several rules, and told with each of them', () => {
    const rules = [
      rule('One', enters('new'), [set('segment', 'SMB')]),
      rule('Bystander', enters('qualified'), [{ do: 'notify', owner: true, userIds: [], text: 'Look' }]),
      rule('Two', changes('segment'), [{ do: 'assign', how: 'round-robin', userIds: ['a'], teamId: null }]),
      rule('Three', changes('owner'), [move('new')]),
    ];
    const loop = findLoop(rules, rules[3] as LoopRule, stages);
    expect(loop?.map((step) => step.rule.name)).toEqual(['Three', 'One', 'Two']);
    const catalogue: AutomationCatalogue = {
      fields: [],
      stages: [{ id: 'new', name: 'New', kind: 'open', pipeline: { id: 'p', name: 'Leads' } }],
      people: [{ id: 'a', name: 'Ann' }],
      teams: [],
      templates: [],
      placeholders: [],
      currency: 'EUR',
      timeZone: 'UTC',
    };
    const words = { lead: wordsOf('lead', catalogue), opportunity: wordsOf('opportunity', catalogue) };
    expect(describeLoop(loop ?? [], words)).toBe(
      'These rules would go round in a loop: “Three” does “Move it to the stage New”, which sets off “One”; then “One” does “Set the field segment to SMB”, which sets off “Two”; then “Two” does “Assign it in turn among Ann”, which sets off “Three”.',
    );
  });

  it('is none where a step goes to another stage or field than the next rule waits for', () => {
    expect(namesOf([rule('There', enters('new'), [move('qualified')])])).toBeNull();
    expect(namesOf([rule('Other', changes('segment'), [set('region', 'North')])])).toBeNull();
  });

  it('is none where a step makes the conditions of the next rule false', () => {
    const fillOnce = (items: RuleCondition[], match: 'all' | 'any' = 'all') =>
      namesOf([rule('Fill', changes('segment'), [set('segment', 'SMB')], { items, match })]);
    const isEmpty: RuleCondition = { field: 'segment', operator: 'empty', values: [] };
    const isNorth: RuleCondition = { field: 'region', operator: 'any-of', values: ['North'] };
    expect(fillOnce([isEmpty])).toBeNull();
    expect(fillOnce([isEmpty, isNorth])).toBeNull();
    expect(fillOnce([{ field: 'segment', operator: 'any-of', values: ['Large'] }])).toBeNull();
    expect(fillOnce([{ field: 'segment', operator: 'any-of', values: ['smb'] }])).toEqual(['Fill']);
    expect(fillOnce([isEmpty, isNorth], 'any')).toEqual(['Fill']);
    expect(fillOnce([isNorth])).toEqual(['Fill']);
  });

  it('does not guess who a record is assigned to', () => {
    const assign: RuleAction = { do: 'assign', how: 'round-robin', userIds: ['a', 'b'], teamId: null };
    const ofA: RuleCondition = { field: 'owner', operator: 'any-of', values: ['a'] };
    expect(namesOf([rule('Turn', changes('owner'), [assign], { items: [ofA] })])).toEqual(['Turn']);
    const ofNobody: RuleCondition = { field: 'owner', operator: 'empty', values: [] };
    expect(namesOf([rule('Turn', changes('owner'), [assign], { items: [ofNobody] })])).toBeNull();
  });

  it('is found through a task that becomes overdue, and through a conversion', () => {
    expect(namesOf([rule('Nag', { on: 'task-overdue', type: null }, [task])])).toEqual(['Nag']);
    expect(namesOf([rule('Nag', { on: 'task-overdue', type: 'meeting' }, [task])])).toBeNull();
    const rules = [
      rule('Of deals', { on: 'created' }, [task], { entity: 'opportunity' }),
      rule('Convert', enters('qualified'), [move('converted')]),
    ];
    expect(namesOf(rules)).toBeNull();
  });

  it('never goes through what only the clock sets off', () => {
    expect(
      namesOf([rule('Hour', { on: 'time-of-day', at: '09:00', weekdays: [1] }, [set('segment', 'SMB'), move('new')])]),
    ).toBeNull();
    expect(namesOf([rule('Quiet', { on: 'no-activity', days: 3 }, [task])])).toBeNull();
  });
});
