import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Merge } from '../../backend/contracts/duplicates.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

describe('choosing what a merge keeps', () => {
  it('is for who sees the field; what is empty is filled all the same', async () => {
    await admin.post('/fields', { entity: 'lead', key: 'secret', label: 'Secret', type: 'text', visibleTo: ['admin'] });
    await admin.post('/fields', { entity: 'lead', key: 'open', label: 'Open', type: 'text' });
    const add = async (of: string, fields: object) =>
      (
        await admin.post<Lead>('/leads', {
          name: of,
          custom: { secret: `secret ${of}`, open: `open ${of}` },
          ...fields,
        })
      ).body;
    const stays = await add('a', { email: 'a@example.com' });
    const goes = await add('b', { email: 'b@example.com', phone: '040 1234567' });
    const blind = await crm.withRole({ 'lead.read': 'all', 'lead.write': 'all', 'lead.delete': 'all' }, undefined, []);
    const merge = (fields: object) =>
      blind.post<Merge>('/merges', { entity: 'lead', survivorId: stays.id, absorbedIds: [goes.id], fields });

    const guarded = await merge({ email: goes.id, phone: goes.id });
    expect([guarded.status, pointersOf(guarded)]).toEqual([403, ['/fields/email', '/fields/phone']]);
    for (const key of ['custom.secret', 'custom.nothing']) {
      const refused = await merge({ [key]: goes.id });
      expect([refused.status, pointersOf(refused)]).toEqual([422, [`/fields/${key}`]]);
    }
    expect((await admin.get<Lead>(`/leads/${stays.id}`)).body.version).toBe(stays.version);

    expect((await merge({ 'custom.open': goes.id, name: goes.id })).status).toBe(201);
    expect((await admin.get<Lead>(`/leads/${stays.id}`)).body).toMatchObject({
      ...{ name: 'b', email: 'a@example.com', phone: '040 1234567' },
      custom: { secret: 'secret a', open: 'open b' },
    });
  });
});
