import type { SqlRunner } from '../db/index.ts';
import { listActionsSince } from './audit.repository.ts';

/** An entry bears the moment its transaction began, so that one may appear behind those already seen. */
const OVERLAP_MS = 15 * 60_000;

/**
 * The actions that occur in the log, in order. No index leads to them, so what was found is remembered: only
 * the first question of a process reads the whole log, each later one what came since.
 */
export function createKnownActions(): (runner: SqlRunner) => Promise<string[]> {
  const known = new Set<string>();
  let readTo: number | null = null;
  return async (runner) => {
    const since = readTo === null ? null : new Date(readTo - OVERLAP_MS).toISOString();
    const { actions, newest } = await listActionsSince(runner, since);
    for (const action of actions) known.add(action);
    if (newest !== null) readTo = Math.max(readTo ?? 0, Date.parse(newest));
    return [...known].sort();
  };
}
