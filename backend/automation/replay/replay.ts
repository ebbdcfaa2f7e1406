import { DateTime } from 'luxon';
import { type Principal, scopeOf } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { RuleReplay, RuleTrigger } from '../../contracts/automation.ts';
import type { SqlRunner } from '../../db/index.ts';
import { candidates } from '../actions/assign.repository.ts';
import { loadCatalogue } from '../catalogue.repository.ts';
import { conditionsHold } from '../conditions.ts';
import type { RuleRow } from '../rule.repository.ts';
import { actionWords, wordsOf } from '../words.ts';
import { MAX_OCCASIONS, pastOccasions } from './occasions.repository.ts';
import { stageRules } from './stage-rules.repository.ts';
import { statesAt } from './states.repository.ts';
import { createWould } from './would.ts';

const DAYS = 90;
const PAGE = 200;
const MAX_CASES = 50;

export interface ReplayOptions {
  runner: SqlRunner;
  principal: Principal;
  config: { timeZone: string; currency: string };
  now: Date;
  progress(done: number, total: number): Promise<void>;
}

/** What the rule would have done over the last 90 days to records its owner sees; nothing is done. */
export async function replayRule(rule: RuleRow, options: ReplayOptions): Promise<RuleReplay> {
  const { runner, principal, config, now } = options;
  const from = new Date(now.getTime() - DAYS * 86_400_000);
  const reach = scopeOf(principal, `${rule.entity}.read`);
  const window = { from, to: now, timeZone: config.timeZone };
  const found = await pastOccasions(runner, rule.entity, reach, rule.trigger, window);
  const occasions = found.slice(0, MAX_OCCASIONS).reverse();
  const words = wordsOf(rule.entity, await loadCatalogue(runner, principal, rule.entity, config));
  const people = new Map<number, { id: string; name: string }[]>();
  for (const [index, action] of rule.actions.entries()) {
    if (action.do === 'assign') people.set(index, await candidates(runner, rule.entity, action));
  }
  const would = createWould({ words, stages: await stageRules(runner), people });

  const steps = rule.actions.map((action) => ({ text: actionWords(action, words), count: 0, problems: 0 }));
  const weeks = new Map<string, number>(weeksOf(from, now, config.timeZone).map((week) => [week, 0]));
  const records = new Set<string>();
  const cases: RuleReplay['cases'] = [];
  let matched = 0;
  for (let start = 0; start < occasions.length; start += PAGE) {
    const page = occasions.slice(start, start + PAGE);
    await options.progress(start, occasions.length);
    const states = await statesAt(runner, rule.entity, reach, config.currency, page);
    for (const [index, { recordId, at }] of page.entries()) {
      const state = states[index];
      if (!state || !wasOpen(rule.trigger, state.record)) continue;
      const today = businessDay(new Date(at), config.timeZone);
      if (!conditionsHold(rule.conditions, { ...state, today, timeZone: config.timeZone })) continue;
      matched += 1;
      records.add(recordId);
      const week = weekOf(new Date(at), config.timeZone);
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
      const done = rule.actions.map((action, step) => would(action, step, state));
      for (const [step, { problem }] of done.entries()) {
        const counted = steps[step];
        if (!counted) continue;
        if (problem === null) counted.count += 1;
        else counted.problems += 1;
      }
      cases.push({
        at,
        record: { id: recordId, name: String(state.record.name) },
        steps: done.filter(({ problem }) => problem === null).map(({ text }) => text),
        problems: done.flatMap(({ text, problem }) => (problem === null ? [] : [`${text}: ${problem}`])),
      });
      if (cases.length > 2 * MAX_CASES) cases.splice(0, MAX_CASES);
    }
  }
  return {
    from: from.toISOString(),
    to: now.toISOString(),
    occasions: occasions.length,
    matched,
    records: records.size,
    steps,
    weeks: [...weeks].map(([week, count]) => ({ from: week, matched: count })),
    cases: cases.slice(-MAX_CASES).reverse(),
    notes: notesOf(rule, found.length > MAX_OCCASIONS),
  };
}

/** What waits for the clock looks at open records only. */
function wasOpen({ on }: RuleTrigger, record: Readonly<Record<string, unknown>>): boolean {
  return (on !== 'no-activity' && on !== 'time-of-day') || (record.stage as { kind?: string } | null)?.kind === 'open';
}

const weekOf = (moment: Date, timeZone: string): string =>
  DateTime.fromJSDate(moment, { zone: timeZone }).startOf('week').toISODate() ?? '';

function weeksOf(from: Date, to: Date, timeZone: string): string[] {
  const weeks: string[] = [];
  for (let moment = from.getTime(); moment <= to.getTime(); moment += 7 * 86_400_000) {
    weeks.push(weekOf(new Date(moment), timeZone));
  }
  return [...new Set([...weeks, weekOf(to, timeZone)])];
}

function notesOf({ trigger }: RuleRow, isCut: boolean): string[] {
  const notes = [
    'Records that were deleted since are left out, and each case stands by itself: what the rule would have changed is not carried into later ones.',
  ];
  if (trigger.on === 'score-crosses') {
    return ['Scores of the past are not kept, so it can’t be told when they would have crossed the mark.'];
  }
  if (isCut) notes.push(`Only the latest ${MAX_OCCASIONS} occasions were replayed.`);
  if (trigger.on === 'field-changed') notes.push('Changes made by imports are not in the audit log and are left out.');
  return notes;
}
