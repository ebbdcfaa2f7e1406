import { Redis } from 'ioredis';
import type { Config } from '../../config.ts';
import { type Finding, maskedUrl, type SystemPart } from '../part.ts';
import { reasonOf, within } from '../patience.ts';

const ANSWER_MS = 3_000;

interface RedisAnswer {
  version: string;
  policy: string;
  ms: number;
}

const lineOf = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? 'unknown';

/** Connects for this one question. @throws when Redis doesn't answer in time */
async function ask(redisUrl: string): Promise<RedisAnswer> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error; // the rejection says no more than "connection is closed"
  });
  try {
    const startedAt = performance.now();
    await redis.connect();
    await redis.ping();
    const ms = Math.ceil(performance.now() - startedAt);
    const info = await redis.info();
    return { version: lineOf(info, 'redis_version'), policy: lineOf(info, 'maxmemory_policy'), ms };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/** Redis, where jobs go through it. */
export function redisPart({ redisUrl }: Pick<Config, 'redisUrl'>): SystemPart {
  const base = { key: 'redis', label: 'Redis' } as const;
  if (redisUrl === null) {
    const detail =
      'No Redis is configured: background work waits in the database, which is enough for most companies. Set REDIS_URL to use Redis.';
    const look = async (): Promise<Finding> => ({ status: 'not-configured', detail, facts: [] });
    return { ...base, look, test: look };
  }
  const address = { label: 'Address', value: maskedUrl(redisUrl) };
  const look = async (): Promise<Finding> => {
    try {
      const { version, policy, ms } = await within(ANSWER_MS, ask(redisUrl));
      const facts = [
        address,
        { label: 'Version', value: version },
        { label: 'When memory is full', value: policy },
        { label: 'Answered in', value: `${ms} ms` },
      ];
      if (policy === 'noeviction' || policy === 'unknown') {
        return { status: 'ok', detail: `Redis answered in ${ms} ms. Nothing to do.`, facts };
      }
      const detail = `Redis may throw away waiting work when its memory is full (${policy}). Set its maxmemory-policy to noeviction.`;
      return { status: 'warning', detail, facts };
    } catch (error) {
      const detail = `Redis can't be reached (${reasonOf(error)}). Work waits in the database until it can. Check REDIS_URL and that the server runs.`;
      return { status: 'failed', detail, facts: [address] };
    }
  };
  return { ...base, look, test: look };
}
