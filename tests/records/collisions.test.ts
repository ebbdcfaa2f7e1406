import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BulkResult } from '../../backend/contracts/bulk.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { signIn } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { PASSWORD } from '../support/people.ts';

let crm: Crm;
let admin: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  // Writes of leads with such a source fail in the database itself; a sequence counts on when a transaction is taken back.
  await crm.database.execScript(`
    create sequence tried;
    create function stumble() returns trigger language plpgsql as $$ begin
      if new.source = 'twice' and nextval('tried') <= 2 then raise exception 'collided' using errcode = '40P01'; end if;
      if new.source = 'always' then raise exception 'collided' using errcode = '40P01'; end if;
      if new.source = 'broken' and new.name = 'unlucky' then raise exception 'broken' using errcode = 'XX000'; end if;
      return new;
    end $$;
    create trigger stumble before insert or update on lead for each row execute function stumble();`);
});
afterAll(() => crm?.close());

it('a change that collides is made again by itself', async () => {
  const { status, body } = await admin.post<Lead>('/leads', { name: 'Twice', source: 'twice' });
  expect([status, body.name]).toEqual([201, 'Twice']);
});

it('one that goes on to collide is 503 in plain words, with when to come again', async () => {
  // The checked client takes no answer from 500 on.
  const plain = await signIn(crm.url, 'admin@example.com', PASSWORD);
  const { status, body, headers } = await plain.post<Problem>('/leads', { name: 'Always', source: 'always' });
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  expect(body.detail).toMatch(/Try again in a moment/);
});

it('a change of many goes on past a record that fails for an unknown reason', async () => {
  const add = (name: string) => crm.addLead('admin', { name });
  const ids = [(await add('before')).id, (await add('unlucky')).id, (await add('after')).id];
  const { status, body } = await admin.post<BulkResult>('/leads/bulk', {
    ids,
    change: { action: 'set', fields: { source: 'broken' } },
  });
  expect([status, body.done, body.refused]).toEqual([200, 2, 1]);
  expect(body.items[1]).toMatchObject({ outcome: 'refused', code: 'internal' });
  expect(body.items[1]?.message).toMatch(/stays as it was/);
  const collided = await admin.post<BulkResult>('/leads/bulk', {
    ids,
    change: { action: 'set', fields: { source: 'always' } },
  });
  expect(collided.body.items.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(
    ids.map(() => 'refused unavailable'),
  );
});
