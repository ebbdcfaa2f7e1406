import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;
let keys = 0;

beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
});
afterAll(() => crm?.close());

async function uniqueField(more: Record<string, unknown> = { isUnique: true }): Promise<CustomField> {
  keys += 1;
  const field = { entity: 'lead', key: `number${keys}`, label: 'Contract number', type: 'text', ...more };
  const made = await admin.post<CustomField>('/fields', field);
  expect(made.status).toBe(201);
  return made.body;
}
const create = (key: string, value: unknown) => rep.post<Lead>('/leads', { name: 'A', custom: { [key]: value } });

describe('a unique field', () => {
  it('takes a value once, whatever its case, and says where it is taken', async () => {
    const { key } = await uniqueField();
    const first = await create(key, 'C-1');
    expect(first.status).toBe(201);
    const second = await create(key, ' c-1 ');
    expect([second.status, pointersOf(second)]).toEqual([409, [`/custom/${key}`]]);
    expect((await rep.patch(`/leads/${first.body.id}`, { custom: { [key]: 'C-1' } })).status).toBe(200);
    await rep.patch(`/leads/${first.body.id}`, { custom: { [key]: 'C-2' } });
    expect((await create(key, 'C-1')).status).toBe(201);
    await rep.patch(`/leads/${first.body.id}`, { custom: { [key]: null } });
    expect((await create(key, 'C-2')).status).toBe(201);
    expect((await create(key, null)).status).toBe(201);
  });

  it('gives a value to exactly one of twenty that want it at the same moment', async () => {
    const { key } = await uniqueField();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(key, 'same')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const leads = await Promise.all(Array.from({ length: 10 }, () => crm.addLead('rep')));
    const moves = await Promise.all(
      leads.map(({ id }) => rep.patch<Lead>(`/leads/${id}`, { custom: { [key]: 'other' } })),
    );
    expect(moves.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('lets the value of a deleted record go to another', async () => {
    const { key } = await uniqueField();
    const first = await create(key, 'X');
    await admin.delete(`/leads/${first.body.id}`);
    expect((await create(key, 'X')).status).toBe(201);
    expect((await create(key, 'X')).status).toBe(409);
  });

  it('is refused while values occur twice, naming them, and can be lifted again', async () => {
    const field = await uniqueField({});
    const twin = await create(field.key, 'twice');
    await create(field.key, 'Twice');
    const refused = await admin.patch(`/fields/${field.id}`, { isUnique: true });
    expect([refused.status, pointersOf(refused)]).toEqual([409, ['/isUnique']]);
    expect(JSON.stringify(refused.body)).toContain('twice');
    await rep.patch(`/leads/${twin.body.id}`, { custom: { [field.key]: 'once' } });
    expect((await admin.patch(`/fields/${field.id}`, { isUnique: true })).status).toBe(200);
    expect((await create(field.key, 'ONCE')).status).toBe(409);
    expect((await admin.patch(`/fields/${field.id}`, { isUnique: false })).status).toBe(200);
    expect((await create(field.key, 'ONCE')).status).toBe(201);
  });

  it('comes back from the archive only while its values are unique', async () => {
    const field = await uniqueField();
    await create(field.key, 'A');
    await admin.post(`/fields/${field.id}/archive`, {});
    expect((await admin.post(`/fields/${field.id}/restore`, {})).status).toBe(200);
    crm.clock.now = new Date((crm.clock.now ?? new Date()).getTime() + 4000);
    expect((await create(field.key, 'A')).status).toBe(409);
  });

  it('is not asked of types without a plain value', async () => {
    const input = { entity: 'lead', key: 'odd', label: 'Odd', type: 'boolean', isUnique: true };
    expect(pointersOf(await admin.post('/fields', input))).toEqual(['/isUnique']);
  });
});
