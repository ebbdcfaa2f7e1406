import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookJob } from '../../backend/automation/webhooks/webhook.job.ts';
import { sql } from '../../backend/db/index.ts';
import { ruleWorld } from './rule-world.ts';

const RECEIVER = { host: 'localhost', port: 0 };
const world = ruleWorld({ WEBHOOK_ALLOWED_HOSTS: 'localhost' });
afterEach(() => world.pauseAll());

describe('the webhook of a rule', () => {
  it('makes no call that waits once it was paused or deleted', async () => {
    const { crm, admin, deps } = world;
    for (const end of [
      (id: string) => admin.post(`/automation-rules/${id}/pause`, {}),
      (id: string) => admin.delete(`/automation-rules/${id}`),
    ]) {
      const rule = await world.live({
        trigger: { on: 'created' },
        // Nobody listens there: a call that is made fails.
        actions: [{ do: 'webhook', url: 'http://localhost:9/in' }],
      });
      await crm.addLead('rep');
      await world.work();
      await end(rule.id);
      const find = () =>
        crm.database.sql.first<{ id: string; state: string; attempts: number; error: string | null }>(sql`
          select id::text as id, state, attempts, error from webhook_delivery where rule_id = ${rule.id}::uuid`);
      const input = { deliveryId: (await find())?.id };
      const done = webhookJob(deps).run({ db: crm.database, attempt: 1 } as never, input as never);
      expect(await done).toEqual({ state: 'nothing to do' });
      expect(await find()).toMatchObject({
        state: 'failed',
        attempts: 0,
        error: 'The rule was paused or deleted before.',
      });
    }
  });

  it('calls another system, signed, with one key for all tries', async () => {
    const { crm, deps } = world;
    const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
    const answers = [503, 200];
    const receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        calls.push({ headers: request.headers, body });
        response.writeHead(answers[calls.length - 1] ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(RECEIVER.port, RECEIVER.host, resolve));
    try {
      const { port } = receiver.address() as AddressInfo;
      const rule = await world.live({
        trigger: { on: 'created' },
        actions: [{ do: 'webhook', url: `http://localhost:${port}/in` }],
      });
      const lead = await crm.addLead('rep', { name: 'Called' });
      await world.work();
      const delivery = await crm.database.sql.first<{ id: string }>(
        sql`select id::text as id from webhook_delivery where rule_id = ${rule.id}::uuid`,
      );
      const job = webhookJob(deps);
      const attempt = (number: number) =>
        job.run({ db: crm.database, attempt: number } as never, { deliveryId: delivery?.id } as never);
      await expect(attempt(1)).rejects.toThrow('answered 503');
      await attempt(2);
      expect(await attempt(3)).toEqual({ state: 'nothing to do' });
      expect(calls.map(({ headers }) => headers['idempotency-key'])).toEqual([delivery?.id, delivery?.id]);
      expect(JSON.parse(calls[0]?.body ?? '{}')).toMatchObject({
        rule: { id: rule.id },
        record: { type: 'lead', id: lead.id, name: 'Called' },
      });
      expect(calls[0]?.headers['webhook-signature']).toMatch(/^v1,/);
      expect(await world.runs(rule)).toMatchObject([{ steps: [{ delivery: { state: 'delivered' } }] }]);
    } finally {
      receiver.close();
    }
  });
});
