import { z } from 'zod';
import type { Dependencies } from '../../dependencies.ts';
import { defineJob, type JobDefinition, JobFailedError } from '../../jobs/index.ts';
import { noteRuleFailure, noteRuleSuccess } from '../failures.ts';
import { CallError, call } from './call.ts';
import { markDelivered, markUndelivered, startDelivery } from './delivery.repository.ts';
import { signedHeaders, webhookSecret } from './sign.ts';
import { WEBHOOK_KIND } from './webhook-kind.ts';

/** Tries in a row; then the call counts as failed, and so does the rule. */
const TRIES = 6;

/** Calls other systems for rules. A call may arrive twice, always with the same Idempotency-Key and webhook-id. */
export function webhookJob(deps: Dependencies): JobDefinition {
  const { config, clock } = deps;
  return defineJob({
    kind: WEBHOOK_KIND,
    input: z.object({ deliveryId: z.uuid() }),
    maxAttempts: TRIES,
    async run({ db, attempt }, { deliveryId }) {
      const waiting = await startDelivery(db.sql, deliveryId);
      if (!waiting) return { state: 'nothing to do' };
      const { body, ruleId } = waiting;
      try {
        const signed = signedHeaders(webhookSecret(config.secret), deliveryId, clock(), body);
        const status = await call(new URL(waiting.url), {
          headers: { ...signed, 'Idempotency-Key': deliveryId, 'User-Agent': 'SalesPulse' },
          body,
          allowedHosts: config.webhookHosts,
        });
        await db.transaction(async (tx) => {
          if (await markDelivered(tx.sql, deliveryId, status, clock())) await noteRuleSuccess(tx.sql, ruleId);
        });
        return { state: 'delivered', status };
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        const { status, message } = error;
        const isOver = error.isFinal || attempt >= TRIES;
        await db.transaction(async (tx) => {
          const wasWaiting = await markUndelivered(tx.sql, deliveryId, { status, error: message, isOver });
          if (wasWaiting && isOver) await noteRuleFailure(tx, deps, ruleId, message);
        });
        throw isOver ? new JobFailedError(message, { cause: error }) : error;
      }
    },
  });
}
