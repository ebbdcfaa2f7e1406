import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomField } from '../../backend/contracts/fields.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { crawl, seesRecords } from './field-access.ts';

const SECRET = 'marker-of-a-secret-field';
const ARCHIVED = 'marker-of-an-archived-field';
const entities = ['lead', 'opportunity', 'account', 'contact'] as const;

let crm: Crm;
let admin: CheckedClient;
let other: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  other = await crm.withRole(seesRecords, undefined, ['personal', 'cost']);
  const archived: string[] = [];
  for (const entity of entities) {
    const add = (field: object) => admin.post<CustomField>('/fields', { entity, type: 'text', ...field });
    await add({ key: 'secret', label: 'Secret', visibleTo: ['admin'], isDimension: true });
    archived.push((await add({ key: 'old', label: 'Old' })).body.id);
  }
  const custom = { secret: SECRET, old: ARCHIVED };
  const account = await crm.addAccount('admin', { custom });
  const contact = await crm.addContact('admin', { custom, accountId: account.id });
  const lead = await crm.addLead('admin', { custom, email: 'same@example.com' });
  await crm.addLead('admin', { custom, email: 'same@example.com' });
  const deal = await crm.addOpportunity('admin', { custom, accountId: account.id, contactId: contact.id });
  // The history tells of every change, so there must be one.
  for (const path of [`/leads/${lead.id}`, `/opportunities/${deal.id}`, `/accounts/${account.id}`]) {
    await admin.patch(path, { custom: { secret: `${SECRET} again` } });
  }
  const gone = await crm.addLead('admin', { custom });
  await admin.delete(`/leads/${gone.id}`);
  for (const id of archived) await admin.post(`/fields/${id}/archive`, {});
  // What a person sees is known for three seconds.
  crm.clock.now = new Date(Date.now() + 4000);
});
afterAll(() => crm?.close());

/** Every page a person can read: its address and text. */
const pagesOf = async (client: CheckedClient): Promise<[string, string][]> =>
  [...(await crawl(client, crm.runtime.app.routes))].map(([address, { text }]) => [address, text]);

const addressesWith = (marker: string, pages: readonly [string, string][]): string[] =>
  pages.filter(([, text]) => text.includes(marker)).map(([address]) => address);

describe('custom fields that are hidden', () => {
  it('are behind no address at all: archived ones for anybody, others for roles that do not see them', async () => {
    const seen = await pagesOf(admin);
    expect(seen.filter(([, text]) => text.includes(SECRET)).length).toBeGreaterThan(entities.length * 2);
    expect(addressesWith(ARCHIVED, seen)).toEqual([]);
    expect(addressesWith(SECRET, await pagesOf(other))).toEqual([]);
  });

  it('are found by no search, filter, sort or board', async () => {
    for (const path of ['leads', 'opportunities', 'accounts', 'contacts']) {
      for (const query of [`custom.secret=${SECRET}`, 'custom.secret.filled=true', 'sort=custom.secret'])
        expect((await other.get(`/${path}?${query}`)).status, `${path}?${query}`).toBe(422);
      expect(JSON.stringify((await other.get(`/${path}?q=${SECRET}`)).body)).toContain('"items":[]');
    }
    const board = await other.get(`/boards/${crm.pipelines.lead}?fields=custom.secret`);
    expect(JSON.stringify(board.body)).not.toContain(SECRET);
  });
});
