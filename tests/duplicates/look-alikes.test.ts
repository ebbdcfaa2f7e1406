import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { DuplicateCheckAnswer, DuplicateGroup } from '../../backend/contracts/duplicates.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import type { PersonKey } from '../support/people.ts';

let crm: Crm;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm?.close());

const check = async (by: PersonKey, body: object) =>
  (await (await crm.as(by)).post<DuplicateCheckAnswer>('/duplicates/check', body)).body.items;
const groups = async (by: PersonKey, query: string) =>
  (await (await crm.as(by)).get<Page<DuplicateGroup>>(`/duplicates?${query}`)).body;
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('look-alikes', () => {
  it('are found by e-mail in any case, by the end of a phone number, and by a name that is nearly the same', async () => {
    const jon = await crm.addLead('rep', {
      name: 'Jonathan Smithers',
      company: 'Northwind Traders',
      email: 'jon@northwind.example',
      phone: '+49 30 1234-5678',
    });
    expect(await check('rep', { entity: 'lead', email: 'JON@Northwind.example' })).toMatchObject([
      { id: jon.id, reasons: ['email'], canMerge: false },
    ]);
    expect(await check('rep', { entity: 'lead', phone: '030/12345678' })).toMatchObject([{ reasons: ['phone'] }]);
    expect(
      await check('rep', { entity: 'lead', name: 'Jonathon Smithers', company: 'Northwind Trader' }),
    ).toMatchObject([{ id: jon.id, reasons: ['name'] }]);
    expect(await check('rep', { entity: 'lead', name: 'Jonathan Smithers', company: 'Contoso' })).toEqual([]);
    expect(await check('rep', { entity: 'lead', email: 'j_n@northwind.example' })).toEqual([]);
    expect(await check('manager', { entity: 'lead', id: jon.id })).toEqual([]);
  });

  it('stay within reach, and hidden fields are no help in finding them', async () => {
    const mine = await crm.addLead('stranger', { name: 'Hidden Person', email: 'hidden@far.example' });
    const probe = { entity: 'lead', email: 'hidden@far.example' };
    expect(ids(await check('stranger', probe))).toEqual([mine.id]);
    expect(await check('rep', probe)).toEqual([]);
    const blind = await crm.withRole({ 'lead.read': 'all' }, 'North', []);
    expect((await blind.post<DuplicateCheckAnswer>('/duplicates/check', probe)).body.items).toEqual([]);
    const other = { entity: 'lead', id: mine.id };
    expect((await (await crm.as('rep')).post('/duplicates/check', other)).status).toBe(404);
    const nobody = await crm.withRole({ 'opportunity.read': 'all' });
    expect((await nobody.post('/duplicates/check', probe)).status).toBe(403);
  });

  it('of companies share a domain or a name, of people and deals also the account', async () => {
    const account = await crm.addAccount('rep', { name: 'Blue Yonder Airlines', domain: 'blueyonder.example' });
    expect(await check('rep', { entity: 'account', domain: 'BlueYonder.example' })).toMatchObject([
      { id: account.id, reasons: ['domain'] },
    ]);
    expect(await check('rep', { entity: 'account', name: 'Blue Yonder Airline' })).toMatchObject([
      { reasons: ['name'] },
    ]);
    const deal = await crm.addOpportunity('rep', { name: 'Fleet renewal 2027', accountId: account.id });
    const like = { entity: 'opportunity', name: 'Fleet renewals 2027' };
    expect(await check('rep', { ...like, accountId: account.id })).toMatchObject([{ id: deal.id }]);
    expect(await check('rep', like)).toEqual([]);
    // A customer who buys the same again: what is over is no duplicate of what is under way.
    const again = await crm.addOpportunity('rep', { name: 'Fleet renewal 2027', accountId: account.id });
    expect(ids(await check('rep', { entity: 'opportunity', id: again.id }))).toEqual([deal.id]);
    const rep = await crm.as('rep');
    expect((await rep.post(`/opportunities/${deal.id}/stage`, { stageId: crm.stages.opportunity.Lost })).status).toBe(
      200,
    );
    expect(await check('rep', { entity: 'opportunity', id: again.id })).toEqual([]);
    expect(await check('rep', { entity: 'opportunity', id: deal.id })).toEqual([]);
    expect((await groups('rep', 'entity=opportunity')).items).toEqual([]);
  });
});

describe('groups', () => {
  it('hold what shares a key, once for all its reasons, until somebody says that they are different', async () => {
    const twin = { name: 'Tina Twin', company: 'Twinings', email: 'tina@twin.example' };
    const [one, two] = [await crm.addLead('rep', twin), await crm.addLead('colleague', twin)];
    const found = (await groups('manager', 'entity=lead')).items;
    expect(found.map(({ reasons, records }) => [reasons, ids(records)])).toContainEqual([
      ['email', 'name'],
      [one.id, two.id],
    ]);
    expect((await groups('rep', 'entity=lead')).items).toEqual([]);
    const since = new Date(Date.now() + 60_000).toISOString();
    expect((await groups('manager', `entity=lead&since=${since}`)).items).toEqual([]);

    const manager = await crm.as('manager');
    const both = { entity: 'lead', ids: [one.id, two.id] };
    expect((await (await crm.as('rep')).post('/duplicates/dismiss', both)).status).toBe(404);
    expect((await manager.post('/duplicates/dismiss', both)).status).toBe(204);
    expect((await groups('manager', 'entity=lead')).items).toEqual([]);
    expect(await check('manager', { entity: 'lead', id: one.id })).toEqual([]);
  });

  it('come in pages that leave none out', async () => {
    for (let pair = 0; pair < 5; pair += 1) {
      const account = { name: `Paged company ${pair}`, domain: `paged${pair}.example` };
      for (let copy = 0; copy < 2; copy += 1) await crm.addAccount('rep', account);
    }
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<DuplicateGroup> = await groups(
        'manager',
        `entity=account&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      names.push(...page.items.map(({ records }) => records[0]?.name ?? ''));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names).toEqual([4, 3, 2, 1, 0].map((pair) => `Paged company ${pair}`));
  });
});
