import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, Contact } from '../../backend/contracts/customers.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;
let colleague: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager, colleague] = await Promise.all([crm.as('rep'), crm.as('manager'), crm.as('colleague')]);
});
afterAll(() => crm?.close());

describe('accounts', () => {
  const everything = {
    name: 'Acme & Söhne',
    domain: 'acme.example',
    industry: 'Tools',
    segment: 'Enterprise',
    region: 'East',
    country: 'DE',
    employees: 120,
    annualRevenue: { amount: '5000000', currency: 'EUR' },
    foundedYear: 1901,
  };

  it('are answered as they were stored', async () => {
    const made = await rep.post<Account>('/accounts', everything);
    expect([made.status, made.etag, made.headers.get('location')]).toEqual([
      201,
      '"1"',
      `/api/v1/accounts/${made.body.id}`,
    ]);
    expect(made.body).toMatchObject({
      ...everything,
      annualRevenue: { amount: '5000000.00', currency: 'EUR' },
      owner: { name: 'Rolf Rep' },
      team: { name: 'North' },
      parent: null,
      version: 1,
    });
    expect((await rep.get<Account>(`/accounts/${made.body.id}`)).body).toEqual(made.body);
  });

  it('change what is named and clear what is null', async () => {
    const account = await crm.addAccount('rep', everything);
    const changed = await rep.patch<Account>(`/accounts/${account.id}`, {
      name: 'Acme',
      employees: null,
      annualRevenue: null,
    });
    expect(changed.body).toEqual({
      ...account,
      name: 'Acme',
      employees: null,
      annualRevenue: null,
      version: 2,
      updatedAt: changed.body.updatedAt,
    });
    const again = await rep.patch<Account>(
      `/accounts/${account.id}`,
      { annualRevenue: { amount: '1', currency: 'EUR' } },
      { 'If-Match': '"2"' },
    );
    expect([again.status, again.body.annualRevenue?.amount, again.etag]).toEqual([200, '1.00', '"3"']);
  });

  it('refuse wrong input with every problem', async () => {
    const refused = await rep.post('/accounts', {
      employees: 1.5,
      foundedYear: 99999,
      annualRevenue: '5',
      domain: '',
      parentId: NOBODY,
    });
    expect([refused.status, pointersOf(refused)]).toEqual([
      422,
      ['/annualRevenue', '/domain', '/employees', '/foundedYear', '/name', '/parentId'],
    ]);
    const money = (amount: string, currency: string) =>
      rep.post('/accounts', { name: 'A', annualRevenue: { amount, currency } });
    expect(pointersOf(await money('1.001', 'EUR'))).toEqual(['/annualRevenue/amount']);
    expect(pointersOf(await money('1', 'CHF'))).toEqual(['/annualRevenue/currency']);
  });

  it('are read by the team and changed by their owner', async () => {
    const account = await crm.addAccount('rep');
    expect((await colleague.get(`/accounts/${account.id}`)).status).toBe(200);
    for (const body of [{ name: 'Mine' }, {}]) {
      expect((await colleague.patch(`/accounts/${account.id}`, body)).status).toBe(403);
      expect((await (await crm.as('stranger')).patch(`/accounts/${account.id}`, body)).status).toBe(404);
    }
    expect((await manager.patch(`/accounts/${account.id}`, { name: 'Ours' })).status).toBe(200);
    expect((await rep.delete(`/accounts/${account.id}`)).status).toBe(403);
    expect((await manager.delete(`/accounts/${account.id}`)).status).toBe(204);
    for (const gone of [await rep.get(`/accounts/${account.id}`), await manager.delete(`/accounts/${account.id}`)]) {
      expect(gone.status).toBe(404);
    }
  });

  it('change once when many change the version they read', async () => {
    const account = await crm.addAccount('rep');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        rep.patch<Account>(`/accounts/${account.id}`, { name: `Name ${n}` }, { 'If-Match': '"1"' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    const { body } = await rep.get<Account>(`/accounts/${account.id}`);
    expect(body).toEqual(answers.find(({ status }) => status === 200)?.body);
    const stale = await manager.delete(`/accounts/${account.id}`, { 'If-Match': '"1"' });
    expect(stale.status).toBe(412);
    expect((await rep.patch(`/accounts/${account.id}`, {}, { 'If-Match': '"1"' })).status).toBe(412);
  });
});

describe('contacts', () => {
  it('belong to an account that one can see', async () => {
    const account = await crm.addAccount('colleague', { name: 'Acme' });
    const theirs = await crm.addAccount('stranger');
    const made = await rep.post<Contact>('/contacts', {
      name: 'Kim',
      email: 'KIM@x.example',
      phone: '1',
      title: 'Boss',
      accountId: account.id,
    });
    expect(made.body).toMatchObject({
      name: 'Kim',
      email: 'kim@x.example',
      phone: '1',
      title: 'Boss',
      account: { id: account.id, name: 'Acme' },
      version: 1,
    });
    for (const accountId of [theirs.id, NOBODY]) {
      const refused = await rep.post('/contacts', { name: 'Kim', accountId });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/accountId']]);
      expect((await rep.patch(`/contacts/${made.body.id}`, { accountId })).status).toBe(422);
    }
    const alone = await rep.patch<Contact>(
      `/contacts/${made.body.id}`,
      { accountId: null, email: null },
      { 'If-Match': '"1"' },
    );
    expect(alone.body).toMatchObject({ account: null, email: null, version: 2 });
  });

  it('refuse wrong input, strange fields and stale versions', async () => {
    const refused = await rep.post('/contacts', { email: 'x@', title: 'a\tb', company: 'A' });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/company', '/email', '/name', '/title']]);
    const contact = await crm.addContact('rep');
    expect((await rep.patch(`/contacts/${contact.id}`, { name: 'B' }, { 'If-Match': '"2"' })).status).toBe(412);
    expect((await colleague.patch(`/contacts/${contact.id}`, { name: 'B' })).status).toBe(403);
    expect((await rep.get<Contact>(`/contacts/${contact.id}`)).body).toEqual(contact);
    expect((await manager.delete(`/contacts/${contact.id}`, { 'If-Match': '"1"' })).status).toBe(204);
    expect((await rep.get(`/contacts/${contact.id}`)).status).toBe(404);
  });
});

describe('the owner of an account or contact', () => {
  it('is somebody within the reach of who gives it', async () => {
    const { users } = crm.company;
    for (const path of ['/accounts', '/contacts']) {
      for (const ownerId of [users.colleague, users.stranger, null]) {
        expect(pointersOf(await rep.post(path, { name: 'A', ownerId }))).toEqual(['/ownerId']);
      }
      expect((await manager.post<Account>(path, { name: 'A', ownerId: users.colleague })).body.owner?.id).toBe(
        users.colleague,
      );
      expect(pointersOf(await manager.post(path, { name: 'A', ownerId: users.stranger }))).toEqual(['/ownerId']);
    }
  });
});
