import { z } from 'zod';
import type { Dependencies } from '../../dependencies.ts';
import { defineJob, type JobDefinition, JobFailedError } from '../../jobs/index.ts';
import { findRule, storeReplay } from '../rule.repository.ts';
import { replayRule } from './replay.ts';
import { REPLAY_KIND } from './replay-kind.ts';

/** Finds out what a rule would have done; its result is the rule's, as long as that stays as it was. */
export function replayJob({ config, clock }: Dependencies): JobDefinition {
  return defineJob({
    kind: REPLAY_KIND,
    input: z.object({ ruleId: z.uuid(), version: z.number().int() }),
    async run({ db, actor, progress }, { ruleId, version }) {
      const rule = await findRule(db.sql, ruleId);
      if (!rule || !actor) throw new JobFailedError('The rule is not there any more.');
      if (rule.version !== version) throw new JobFailedError('The rule was changed meanwhile. Replay it again.');
      const options = { runner: db.sql, principal: actor.principal, config, now: clock(), progress };
      const replay = { ...(await replayRule(rule, options)), by: actor.principal.userId };
      if (!(await storeReplay(db.sql, ruleId, version, replay))) {
        throw new JobFailedError('The rule was changed meanwhile. Replay it again.');
      }
      return { matched: replay.matched };
    },
  });
}
