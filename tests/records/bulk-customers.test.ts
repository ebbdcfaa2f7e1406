import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResult } from '../../backend/contracts/bulk.ts';
import type { Page } from '../../backend/contracts/common.ts';
import type { Account, Contact } from '../../backend/contracts/customers.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm?.close());

describe.each(['accounts', 'contacts'] as const)('many %s at a time', (path) => {
  const add = (by: 'rep' | 'stranger', name: string) =>
    path === 'accounts' ? crm.addAccount(by, { name }) : crm.addContact(by, { name });
  const bulk = async (person: 'admin' | 'rep', body: object) =>
    (await crm.as(person)).post<BulkResult>(`/${path}/bulk`, body);
  const found = async (query: string) =>
    (await (await crm.as('admin')).get<Page<Account | Contact>>(`/${path}?sort=name&${query}`)).body.items;

  it('get an owner and tags, are deleted and brought back, each as far as somebody may', async () => {
    const { users } = crm.company;
    const mine = await add('rep', 'bulk mine');
    const foreign = await add('stranger', 'bulk foreign');
    const refused = await bulk('rep', {
      ids: [mine.id, foreign.id],
      change: { action: 'set', fields: { ownerId: users.rep } },
    });
    expect(refused.body).toMatchObject({ total: 2, unchanged: 1, refused: 1 });
    const given = await bulk('admin', {
      filter: { q: 'bulk' },
      change: { action: 'set', fields: { ownerId: users.colleague } },
    });
    expect(given.body).toMatchObject({ total: 2, done: 2 });
    expect((await found('q=bulk')).map(({ owner }) => owner?.id)).toEqual([users.colleague, users.colleague]);
    await bulk('admin', { filter: { q: 'bulk' }, change: { action: 'tag', add: [`Key ${path}`] } });
    expect((await found(`tag=Key%20${path}`)).map(({ name }) => name)).toEqual(['bulk foreign', 'bulk mine']);
    const deleted = await bulk('admin', { filter: { q: 'bulk' }, change: { action: 'delete' } });
    expect([deleted.body.done, (await found('q=bulk')).length]).toEqual([2, 0]);
    const back = await bulk('admin', { filter: { q: 'bulk', deleted: 'true' }, change: { action: 'restore' } });
    expect([back.body.done, (await found('q=bulk')).length]).toEqual([2, 2]);
  });

  it('have no stage to be moved to', async () => {
    const { id } = await add('rep', 'unmoved');
    const answer = await bulk('admin', { ids: [id], change: { action: 'move', stageId: crm.stages.lead.Qualified } });
    expect(answer.status).toBe(422);
  });
});
