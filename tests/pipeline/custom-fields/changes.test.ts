import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionPreview, CustomField, FieldUsage } from '../../../backend/contracts/fields.ts';
import type { Lead } from '../../../backend/contracts/leads.ts';
import { sql } from '../../../backend/db/index.ts';
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

async function addField(type: string, more: Record<string, unknown> = {}): Promise<CustomField> {
  keys += 1;
  const made = await admin.post<CustomField>('/fields', {
    entity: 'lead',
    key: `key${keys}`,
    label: `Key ${keys}`,
    type,
    ...more,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
}
const addLead = async (custom: Record<string, unknown>) => crm.addLead('rep', { custom });
const customOf = async (id: string) => (await admin.get<Lead>(`/leads/${id}`)).body.custom;
/** What people see is known for three seconds. */
const soon = () => {
  crm.clock.now = new Date((crm.clock.now ?? new Date()).getTime() + 4000);
};

describe('a change of type', () => {
  it('shows beforehand what would become of the values, and is refused where some do not fit', async () => {
    const field = await addField('text');
    const [fits, odd] = [await addLead({ [field.key]: '1.50' }), await addLead({ [field.key]: 'about 7' })];
    const preview = await admin.post<ConversionPreview>(`/fields/${field.id}/conversion`, { type: 'number' });
    expect(preview.body).toEqual({
      total: 2,
      converted: 1,
      unconvertible: 1,
      examples: [
        { recordId: odd.id, name: 'Somebody', before: 'about 7', after: null },
        { recordId: fits.id, name: 'Somebody', before: '1.50', after: '1.5' },
      ],
    });
    const refused = await admin.patch(`/fields/${field.id}`, { type: 'number' });
    expect([refused.status, pointersOf(refused)]).toEqual([409, ['/type']]);
    expect(await customOf(fits.id)).toEqual({ [field.key]: '1.50' });
  });

  it('keeps what does not fit in a field beside it', async () => {
    const field = await addField('text');
    const [fits, odd] = [await addLead({ [field.key]: '12' }), await addLead({ [field.key]: '007' })];
    const changed = await admin.patch<CustomField>(`/fields/${field.id}`, { type: 'number', unconvertible: 'keep' });
    expect([changed.status, changed.body.type]).toEqual([200, 'number']);
    expect(await customOf(fits.id)).toEqual({ [field.key]: 12 });
    expect(await customOf(odd.id)).toEqual({ [`${field.key}_before`]: '007' });
    const listed = await rep.get<{ items: CustomField[] }>('/fields?entity=lead');
    expect(listed.body.items.find(({ key }) => key === `${field.key}_before`)).toMatchObject({ type: 'long-text' });
    const stale = await rep.patch(`/leads/${fits.id}`, { name: 'B' }, { 'If-Match': `"${fits.version}"` });
    expect(stale.status).toBe(412);
  });

  it('renames options with their values, and keeps the values of options that go', async () => {
    const field = await addField('choice', { options: ['Small', 'Big', 'Odd'], defaultValue: 'Small' });
    const records = [await addLead({}), await addLead({ [field.key]: 'Odd' })];
    const change = { options: ['S', 'Big'], renamedOptions: { Small: 'S' } };
    expect((await admin.patch(`/fields/${field.id}`, change)).status).toBe(409);
    const changed = await admin.patch<CustomField>(`/fields/${field.id}`, { ...change, unconvertible: 'keep' });
    expect(changed.body).toMatchObject({ options: ['S', 'Big'], defaultValue: 'S' });
    expect(await Promise.all(records.map(({ id }) => customOf(id)))).toEqual([
      { [field.key]: 'S' },
      { [`${field.key}_before`]: 'Odd' },
    ]);
    await admin.patch(`/fields/${field.id}`, { defaultValue: null });
  });

  it('needs the version that was read, and the right', async () => {
    const field = await addField('text');
    expect((await rep.patch(`/fields/${field.id}`, { label: 'X' })).status).toBe(403);
    expect((await admin.patch(`/fields/${field.id}`, { label: 'X' }, { 'If-Match': '"7"' })).status).toBe(412);
    const changed = await admin.patch<CustomField>(`/fields/${field.id}`, { label: 'X', visibleTo: ['nobody'] });
    expect([changed.status, pointersOf(changed)]).toEqual([422, ['/visibleTo/0']]);
  });
});

describe('removing a field', () => {
  it('hides its values and brings them back', async () => {
    const field = await addField('text');
    const lead = await addLead({ [field.key]: 'Kept' });
    expect((await admin.post(`/fields/${field.id}/archive`, {})).status).toBe(200);
    soon();
    expect(await customOf(lead.id)).toEqual({});
    expect(pointersOf(await rep.patch(`/leads/${lead.id}`, { custom: { [field.key]: 'X' } }))).toEqual([
      `/custom/${field.key}`,
    ]);
    const usage = await admin.get<FieldUsage>(`/fields/${field.id}/usage`);
    expect(usage.body).toEqual({ values: 1, stages: [], views: 0, rules: [] });
    const again = await admin.post('/fields', { entity: 'lead', key: field.key, label: 'A', type: 'text' });
    expect([again.status, (again.body as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining('Restore'),
    ]);
    expect((await admin.post(`/fields/${field.id}/restore`, {})).status).toBe(200);
    soon();
    expect(await customOf(lead.id)).toEqual({ [field.key]: 'Kept' });
  });

  it('erases values only of archived fields, and only by name', async () => {
    const field = await addField('text');
    const lead = await addLead({ [field.key]: 'Secret' });
    const erase = (key: string) => admin.post<{ erased: number }>(`/fields/${field.id}/erase`, { key });
    expect((await erase(field.key)).status).toBe(409);
    await admin.post(`/fields/${field.id}/archive`, {});
    expect(pointersOf(await erase('other'))).toEqual(['/key']);
    expect((await erase(field.key)).body).toEqual({ erased: 1 });
    const stored = await crm.database.sql.first<{ custom: object }>(
      sql`select custom from lead where id = ${lead.id}::uuid`,
    );
    expect(stored?.custom).toEqual({});
    expect((await admin.get(`/fields/${field.id}/usage`)).status).toBe(404);
    soon();
    const audit = await admin.get(`/audit?entity=lead&entityId=${lead.id}`);
    expect(JSON.stringify(audit.body)).not.toContain('Secret');
    expect((await admin.post('/fields', { entity: 'lead', key: field.key, label: 'A', type: 'text' })).status).toBe(
      409,
    );
  });
});

describe('visibility by role', () => {
  it('keeps a field from everybody else, in every read and write', async () => {
    const field = await addField('text', { visibleTo: ['admin'], required: true });
    soon();
    const mine = await rep.post<Lead>('/leads', { name: 'Without' });
    expect(mine.status).toBe(201);
    expect(pointersOf(await admin.post('/leads', { name: 'A' }))).toEqual([`/custom/${field.key}`]);
    await admin.patch(`/leads/${mine.body.id}`, { custom: { [field.key]: 'Hidden' } });
    expect(await customOf(mine.body.id)).toMatchObject({ [field.key]: 'Hidden' });
    const [seen, list, fields, board] = await Promise.all([
      rep.get<Lead>(`/leads/${mine.body.id}`),
      rep.get('/leads'),
      rep.get('/fields'),
      rep.get(`/leads/${mine.body.id}/activities`),
    ]);
    for (const answer of [seen, list, fields, board]) expect(JSON.stringify(answer.body)).not.toContain('Hidden');
    expect(JSON.stringify(fields.body)).not.toContain(`"${field.key}"`);
    const refused = await rep.patch(`/leads/${mine.body.id}`, { custom: { [field.key]: 'Mine' } });
    expect([refused.status, pointersOf(refused)]).toEqual([422, [`/custom/${field.key}`]]);
    const changed = await rep.patch<Lead>(`/leads/${mine.body.id}`, { name: 'Changed' });
    expect(changed.body.custom).toEqual({});
    await admin.patch(`/fields/${field.id}`, { visibleTo: [], required: false });
    soon();
    expect((await rep.get<Lead>(`/leads/${mine.body.id}`)).body.custom).toEqual({ [field.key]: 'Hidden' });
  });

  it('shows the whole list to who manages fields only', async () => {
    const field = await addField('text', { visibleTo: ['viewer'] });
    soon();
    const keysOf = async (path: string) =>
      (await admin.get<{ items: CustomField[] }>(path)).body.items.map(({ key }) => key);
    expect(await keysOf('/fields')).not.toContain(field.key);
    expect(await keysOf('/fields?all=true')).toContain(field.key);
    expect((await rep.get('/fields?all=true')).status).toBe(403);
  });
});
