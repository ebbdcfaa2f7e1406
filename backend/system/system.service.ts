import { type Actor, recordAudit } from '../access/index.ts';
import type { SharedEngine } from '../analytics/index.ts';
import type { SystemCheck, SystemHealth } from '../contracts/administration.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, ProblemError } from '../http/index.ts';
import type { EventBus } from '../notify/index.ts';
import { readLastTests, TEST_ACTION } from './last-test.repository.ts';
import type { Arrival, Finding, LastTest, SystemPart } from './part.ts';
import { addressPart } from './parts/address.part.ts';
import { analyticsPart } from './parts/analytics.part.ts';
import { connectionsPart } from './parts/connections.part.ts';
import { databasePart } from './parts/database.part.ts';
import { mailPart } from './parts/mail.part.ts';
import { modelPart } from './parts/model.part.ts';
import { queuePart } from './parts/queue.part.ts';
import { redisPart } from './parts/redis.part.ts';
import { secretsPart } from './parts/secrets.part.ts';
import { reasonOf, within } from './patience.ts';

/** Longer than any look that limits itself: the page must come whatever a part does. */
const LOOK_MS = 8_000;

export interface SystemDependencies extends Dependencies {
  analytics: Pick<SharedEngine, 'status'>;
  bus: EventBus;
  version: string;
}

/** What is configured, whether it works, and tests of it. */
export function createSystemService(deps: SystemDependencies) {
  const { config, database, clock, logger } = deps;
  const parts: readonly SystemPart[] = [
    databasePart(deps),
    analyticsPart(deps),
    queuePart(deps),
    redisPart(config),
    mailPart(deps),
    modelPart(config),
    connectionsPart(deps),
    secretsPart(config),
    addressPart(config),
  ];

  const present = (part: SystemPart, { facts, ...finding }: Finding, lastTest: LastTest | null): SystemCheck => ({
    key: part.key,
    label: part.label,
    ...finding,
    facts: lastTest ? [...facts, { label: 'Last tested', value: `${lastTest.at}: ${lastTest.detail}` }] : facts,
    canTest: part.test !== undefined,
  });

  async function look(part: SystemPart, arrival: Arrival, lastTest: LastTest | null): Promise<SystemCheck> {
    try {
      return present(part, await within(LOOK_MS, part.look({ arrival, lastTest })), lastTest);
    } catch (error) {
      logger.warn({ err: error, part: part.key }, 'a part could not be looked at');
      const detail = `${part.label} could not be looked at (${reasonOf(error)}). Look into the log for the reason.`;
      return present(part, { status: 'failed', detail, facts: [] }, lastTest);
    }
  }

  const lastTests = (): Promise<ReadonlyMap<string, LastTest>> =>
    readLastTests(database.sql).catch((error: unknown) => {
      logger.warn({ err: error }, 'the last tests could not be read');
      return new Map(); // the page is wanted most when the database has a problem
    });

  return {
    async health(arrival: Arrival): Promise<SystemHealth> {
      const tests = await lastTests();
      const checks = await Promise.all(parts.map((part) => look(part, arrival, tests.get(part.key) ?? null)));
      return { checks, asOf: clock().toISOString(), version: deps.version };
    },

    /** Tries a part and writes down what came of it. @throws ProblemError conflict where there is nothing to try */
    async test(
      actor: Actor,
      key: SystemCheck['key'],
      { email }: { email?: string | undefined },
      arrival: Arrival,
    ): Promise<SystemCheck> {
      const part = parts.find((candidate) => candidate.key === key);
      if (!part?.test) throw new ProblemError('conflict', 'There is nothing here that could be tested.');
      if (email !== undefined && key !== 'mail') throw invalid('/email', 'is for a test of mail only');
      const outcome = await part.test({ actor, email }).catch((error: unknown) => {
        logger.warn({ err: error, part: key }, 'a test could not be carried out');
        const detail = `The test could not be carried out (${reasonOf(error)}). Look into the log for the reason.`;
        return { status: 'failed' as const, detail };
      });
      const { status, detail } = outcome;
      const subject = part.subject ?? null;
      await recordAudit(database.sql, actor, {
        action: TEST_ACTION,
        entity: 'system',
        entityId: key,
        after: { status, detail, subject, ...(email === undefined ? {} : { email }) },
      });
      const lastTest = { at: clock().toISOString(), status, detail, subject };
      const seen = await look(part, arrival, lastTest);
      return { ...seen, status, detail };
    },
  };
}
