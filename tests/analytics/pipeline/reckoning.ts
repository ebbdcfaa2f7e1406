import { type History, lastOf, type State, stageKinds, stageSince } from './histories.ts';

/** The numbers of the reports, computed by walking through each history: nothing here looks at how the product does it. */
export interface Question {
  histories: readonly History[];
  pipeline: string;
  from: string;
  to: string;
  /** the business day of a moment */
  dayOf: (moment: string) => string;
  /** may the record's state be counted, by the filters? */
  passes: (history: History, state: State) => boolean;
}

export type Bars = Record<string, { records: number; cents: number; ids: string[] }>;

const pipelineOf = (stage: string): string => stage.slice(0, stage.indexOf('/'));
const openStages = (pipeline: string): string[] =>
  Object.keys(stageKinds).filter((stage) => pipelineOf(stage) === pipeline && stageKinds[stage] === 'open');

/** How the record stood when the day began (nothing of that day counts) or was over. */
function stateAt(history: History, day: string, includesDay: boolean, dayOf: Question['dayOf']): State | undefined {
  return history.states.findLast(({ at }) => (includesDay ? dayOf(at) <= day : dayOf(at) < day));
}

export function waterfall({ histories, pipeline, from, to, dayOf, passes }: Question): Bars {
  const bars: Bars = {};
  const put = (bar: string, id: string, cents: number) => {
    bars[bar] ??= { records: 0, cents: 0, ids: [] };
    bars[bar].records += 1;
    bars[bar].cents += cents;
    bars[bar].ids.push(id);
  };
  for (const history of histories) {
    const start = stateAt(history, from, false, dayOf);
    const end = stateAt(history, to, true, dayOf);
    const belongs = (state: State | undefined) =>
      state !== undefined && pipelineOf(state.stage) === pipeline && passes(history, state);
    const kindOf = (state: State | undefined) => (state ? stageKinds[state.stage] : undefined);
    const wasIn = belongs(start) && kindOf(start) === 'open';
    const isIn = belongs(end) && kindOf(end) === 'open';
    const before = start?.cents ?? 0;
    const after = end?.cents ?? 0;
    const closed = belongs(end) && kindOf(end) !== 'open' && (wasIn || kindOf(start) !== kindOf(end));
    if (wasIn) put('opening', history.id, before);
    if (isIn) put('closing', history.id, after);
    if (!wasIn && (isIn || closed)) put(start ? 'movedIn' : 'created', history.id, after);
    if (wasIn && (isIn || closed) && after !== before)
      put(after > before ? 'grew' : 'shrank', history.id, after - before);
    if (wasIn && !isIn && !closed) put('movedOut', history.id, -before);
    if (closed) put(kindOf(end) ?? '', history.id, -after);
  }
  return bars;
}

export interface FunnelNumbers {
  entered: number;
  won: number;
  lost: number;
  open: number;
  left: number;
  reached: number[];
}

export function funnel({ histories, pipeline, from, to, dayOf, passes }: Question): FunnelNumbers {
  const open = openStages(pipeline);
  const numbers: FunnelNumbers = { entered: 0, won: 0, lost: 0, open: 0, left: 0, reached: open.map(() => 0) };
  for (const history of histories) {
    const { states } = history;
    const now = lastOf(states);
    if (!passes(history, now)) continue;
    const hasEntered = states.some(({ at, stage }, index) => {
      const before = states[index - 1];
      const comesIn = pipelineOf(stage) === pipeline && (!before || pipelineOf(before.stage) !== pipeline);
      return comesIn && dayOf(at) >= from && dayOf(at) <= to;
    });
    if (!hasEntered) continue;
    numbers.entered += 1;
    const outcome = pipelineOf(now.stage) === pipeline ? (stageKinds[now.stage] ?? 'open') : 'left';
    numbers[outcome] += 1;
    const furthest = Math.max(0, ...states.map(({ stage }) => open.indexOf(stage)));
    for (const index of open.keys()) {
      if (outcome === 'won' || index <= furthest) numbers.reached[index] = (numbers.reached[index] ?? 0) + 1;
    }
  }
  return numbers;
}

const DAY_MS = 86_400_000;

/** Days of every stay in an open stage of the pipeline that ended in the period, by stage. */
export function stays({ histories, pipeline, from, to, dayOf, passes }: Question): Map<string, number[]> {
  const found = new Map<string, number[]>(openStages(pipeline).map((stage) => [stage, []]));
  for (const history of histories) {
    if (!passes(history, lastOf(history.states))) continue;
    let entered = history.states[0];
    for (const state of history.states) {
      if (!entered || state.stage === entered.stage) continue;
      const day = dayOf(state.at);
      if (day >= from && day <= to)
        found.get(entered.stage)?.push((Date.parse(state.at) - Date.parse(entered.at)) / DAY_MS);
      entered = state;
    }
  }
  return found;
}

/** The value below which a share of the values lies, between two of them in proportion. */
export function percentile(values: readonly number[], part: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** What is open in the pipeline now, with its days in the stage. */
export function openNow({ histories, pipeline, passes }: Question, now: string) {
  return histories.flatMap((history) => {
    const state = lastOf(history.states);
    if (pipelineOf(state.stage) !== pipeline || stageKinds[state.stage] !== 'open' || !passes(history, state))
      return [];
    return [{ history, state, days: (Date.parse(now) - Date.parse(stageSince(history))) / DAY_MS }];
  });
}
