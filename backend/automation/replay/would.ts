import type { RuleAction } from '../../contracts/automation.ts';
import { nextInTurn } from '../actions/choose.ts';
import { valuesOf } from '../conditions.ts';
import { actionWords, type Words } from '../words.ts';
import type { StageRule } from './stage-rules.repository.ts';
import type { PastState } from './states.repository.ts';

/** What a step would have done to a record, and why not where it couldn't. */
export interface Would {
  text: string;
  problem: string | null;
}

export interface WouldContext {
  words: Words;
  stages: ReadonlyMap<string, StageRule>;
  /** by step: those among whom it assigns, in their order */
  people: ReadonlyMap<number, readonly { id: string; name: string }[]>;
}

/** Goes through the occasions in their order, so that turns are taken as they would have been. */
export function createWould({ words, stages, people }: WouldContext) {
  const turns = new Map<number, { id: string; name: string }>();

  function assigned(index: number, action: Extract<RuleAction, { do: 'assign' }>): Would {
    const text = actionWords(action, words);
    const next = nextInTurn(people.get(index) ?? [], turns.get(index) ?? null);
    if (!next) return { text, problem: 'nobody among them can sign in' };
    turns.set(index, next);
    return action.how === 'round-robin'
      ? { text: `Assign it to ${next.name}`, problem: null }
      : { text, problem: null };
  }

  return (action: RuleAction, index: number, state: PastState): Would => {
    if (action.do === 'assign') return assigned(index, action);
    return { text: actionWords(action, words), problem: problemOf(action, state, stages, words) };
  };
}

function problemOf(
  action: RuleAction,
  { record, valueBase }: PastState,
  stages: ReadonlyMap<string, StageRule>,
  words: Words,
): string | null {
  switch (action.do) {
    case 'move-stage':
      return moveProblem(action.stageId, { record, valueBase }, stages, words);
    case 'send-mail':
      if (action.to === 'owner') return record.owner ? null : 'it had no owner';
      if (words.entity === 'lead') return record.email ? null : 'it had no e-mail address';
      return record.contact ? null : 'it had no contact';
    case 'notify':
      return action.userIds.length > 0 || record.owner ? null : 'it had no owner';
    case 'create-task':
    case 'set-field':
    case 'webhook':
    case 'assign':
      return null;
    default:
      return action satisfies never;
  }
}

function moveProblem(
  stageId: string,
  state: PastState,
  stages: ReadonlyMap<string, StageRule>,
  words: Words,
): string | null {
  const from = stages.get((state.record.stage as { id: string }).id);
  const target = stages.get(stageId);
  if (!target) return 'the stage is not there any more';
  if (from?.id === target.id) return 'it was there already';
  if (from?.limitsNext && !from.nextStageIds.includes(target.id)) return `${from.name} does not lead to ${target.name}`;
  const missing = target.requiredFields.filter((name) => valuesOf(state, name).length === 0);
  if (missing.length === 0) return null;
  return `${target.name} asks for ${new Intl.ListFormat('en').format(missing.map((name) => words.field(name)))}`;
}
