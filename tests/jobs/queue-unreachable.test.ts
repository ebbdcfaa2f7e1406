import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createBullMqDriver } from '../../backend/jobs/drivers/bullmq.ts';
import { freePort } from '../support/ports.ts';

describe('BullMQ driver', () => {
  it('says in one sentence that Redis is not there, without its password', async () => {
    const port = await freePort();
    const redisUrl = `redis://default:hunter2-hunter2@127.0.0.1:${port}`;
    const starting = createBullMqDriver({ redisUrl, logger: pino({ level: 'silent' }) }).start();
    await expect(starting).rejects.toThrow(
      new RegExp(`^Cannot reach Redis on 127\\.0\\.0\\.1:${port} \\(.*ECONNREFUSED.*\\)\\. Check REDIS_URL`),
    );
    await starting.catch((error: Error) => {
      expect(error.name).toBe('QueueUnreachableError');
      expect(error.message).not.toContain('hunter2');
    });
  });
});
