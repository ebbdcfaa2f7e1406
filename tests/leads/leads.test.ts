import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;
let viewer: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager, viewer] = await Promise.all([crm.as('rep'), crm.as('manager'), crm.as('viewer')]);
});
afterAll(() => crm?.close());

const everything = {
  name: 'Erika Muster',
  company: 'Muster & Söhne "GmbH"',
  email: 'Erika@Muster.example',
  phone: '+49 30 123',
  source: 'Web',
  segment: 'SMB',
  region: 'East',
  productCategory: 'Laptops',
  campaign: 'Spring',
  value: { amount: '1234.5', currency: 'EUR' },
};

describe('a new lead', () => {
  it('is answered as it was stored, in the first stage, owned by who made it', async () => {
    const made = await rep.post<Lead>('/leads', everything);
    expect(made.status).toBe(201);
    expect(made.etag).toBe('"1"');
    expect(made.headers.get('location')).toBe(`/api/v1/leads/${made.body.id}`);
    expect(made.body).toMatchObject({
      ...everything,
      email: 'erika@muster.example',
      value: { amount: '1234.50', currency: 'EUR' },
      owner: { id: crm.company.users.rep, name: 'Rolf Rep' },
      team: { id: crm.company.teams.North, name: 'North' },
      stage: { id: crm.stages.lead.New, name: 'New', kind: 'open' },
      pipelineId: crm.pipelines.lead,
      converted: null,
      custom: {},
      version: 1,
    });
    const read = await rep.get<Lead>(`/leads/${made.body.id}`);
    expect(read.body).toEqual(made.body);
    expect(read.etag).toBe('"1"');
  });

  it('stands on top of its stage, which may be named', async () => {
    const below = await crm.addLead('rep', { stageId: crm.stages.lead.Qualified });
    const above = await crm.addLead('rep', { stageId: crm.stages.lead.Qualified });
    expect(above.stage.name).toBe('Qualified');
    expect(above.position).toBeLessThan(below.position);
  });

  it('cannot begin as converted, nor in a stage of opportunities or of nowhere', async () => {
    for (const stageId of [crm.stages.lead.Converted, crm.stages.opportunity.Discovery, NOBODY]) {
      const refused = await rep.post('/leads', { name: 'A', stageId });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/stageId']]);
    }
  });

  it('lists every problem of its input at once', async () => {
    const refused = await rep.post('/leads', {
      name: ' ',
      email: 'nobody',
      phone: 'a\nb',
      value: { amount: 12.5, currency: 'eur', extra: 1 },
      ownerId: 'me',
      'a/b~c': true,
      score: 99,
    });
    expect(refused.status).toBe(422);
    expect(pointersOf(refused)).toEqual(
      [
        '/a~1b~0c',
        '/email',
        '/name',
        '/ownerId',
        '/phone',
        '/score',
        '/value/amount',
        '/value/currency',
        '/value/extra',
      ].sort(),
    );
  });

  it('keeps text as it is and refuses what no text can hold', async () => {
    const name = `Robert'); drop table lead;-- <b>"\\ %_ 𝔘𝔫𝔦 ${'x'.repeat(100)}`;
    expect((await crm.addLead('rep', { name })).name).toBe(name);
    expect((await rep.post('/leads', { name: 'a\0b' })).status).toBe(422);
    expect((await rep.post('/leads', { name: 'x'.repeat(201) })).status).toBe(422);
    const halfCharacter = await rep.post<Lead>('/leads', { name: 'half \ud800' });
    expect([201, 422]).toContain(halfCharacter.status);
  });
});

describe('the value of a lead', () => {
  const valued = (amount: string, currency: string) =>
    rep.post<Lead>('/leads', { name: 'A', value: { amount, currency } });

  it('has the decimals of its currency, and a currency that is known here', async () => {
    await crm.database.sql.rows(sql`insert into currency (code, name) values ('USD', 'Dollar'), ('JPY', 'Yen')`);
    await crm.database.sql.rows(sql`
      insert into exchange_rate (currency_code, day, rate) values ('USD', '2020-01-01', 2), ('JPY', '2020-01-01', 0.006)`);
    expect((await valued('10.999', 'EUR')).status).toBe(422);
    expect(pointersOf(await valued('10.5', 'JPY'))).toEqual(['/value/amount']);
    expect(pointersOf(await valued('10', 'CHF'))).toEqual(['/value/currency']);
    expect((await valued('100', 'JPY')).body.value).toEqual({ amount: '100', currency: 'JPY' });
    const dollars = (await valued('99999999999.99', 'USD')).body;
    expect(dollars.value).toEqual({ amount: '99999999999.99', currency: 'USD' });
    const base = await crm.database.sql.first(
      sql`select value_base::text as base from lead where id = ${dollars.id}::uuid`,
    );
    expect(base).toEqual({ base: '199999999999.9800' });
  });

  it('is refused, not broken, when no column can hold it in the company currency', async () => {
    expect((await valued('99999999999999', 'USD')).status).toBe(422);
  });

  it('can be taken away and given again', async () => {
    const lead = (await valued('5', 'USD')).body;
    const without = await rep.patch<Lead>(`/leads/${lead.id}`, { value: null });
    expect(without.body.value).toBeNull();
    const again = await rep.patch<Lead>(`/leads/${lead.id}`, { value: { amount: '7', currency: 'EUR' } });
    expect(again.body.value).toEqual({ amount: '7.00', currency: 'EUR' });
  });
});

describe('changing a lead', () => {
  it('changes what is named, clears what is null, and counts the version up', async () => {
    const lead = await crm.addLead('rep', everything);
    const changed = await rep.patch<Lead>(
      `/leads/${lead.id}`,
      { company: null, source: 'Fair' },
      { 'If-Match': '"1"' },
    );
    expect([changed.status, changed.etag]).toEqual([200, '"2"']);
    expect(changed.body).toEqual({
      ...lead,
      company: null,
      source: 'Fair',
      version: 2,
      updatedAt: changed.body.updatedAt,
    });
    expect(Date.parse(changed.body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(lead.updatedAt));
    expect((await rep.get<Lead>(`/leads/${lead.id}`)).body).toEqual(changed.body);
  });

  it('leaves everything alone when nothing is named', async () => {
    const lead = await crm.addLead('rep');
    const same = await rep.patch<Lead>(`/leads/${lead.id}`, {});
    expect([same.status, same.body]).toEqual([200, lead]);
  });

  it('refuses a stale or unreadable If-Match and changes nothing', async () => {
    const lead = await crm.addLead('rep');
    await rep.patch(`/leads/${lead.id}`, { source: 'First' }, { 'If-Match': '"1"' });
    for (const tag of ['"1"', '"3"', 'nonsense', '"1", "2"', '"99999999999"']) {
      for (const body of [{ source: 'Second' }, {}]) {
        expect((await rep.patch(`/leads/${lead.id}`, body, { 'If-Match': tag })).status).toBe(412);
      }
      expect((await rep.call('DELETE', `/leads/${lead.id}`, { headers: { 'If-Match': tag } })).status).toBe(403);
    }
    expect((await rep.get<Lead>(`/leads/${lead.id}`)).body).toMatchObject({ source: 'First', version: 2 });
    expect((await rep.patch<Lead>(`/leads/${lead.id}`, { source: 'Second' }, { 'If-Match': 'W/"2"' })).status).toBe(
      200,
    );
    expect((await rep.patch<Lead>(`/leads/${lead.id}`, { source: 'Third' }, { 'If-Match': '*' })).status).toBe(200);
  });

  it('refuses fields that only the product sets', async () => {
    const lead = await crm.addLead('rep');
    const refused = await rep.patch(`/leads/${lead.id}`, { stageId: crm.stages.lead.Lost, version: 9, position: 1 });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/position', '/stageId', '/version']]);
  });
});

describe('deleting a lead', () => {
  it('takes it out of reach, once, and only at the version read', async () => {
    const lead = await crm.addLead('rep');
    expect((await manager.delete(`/leads/${lead.id}`, { 'If-Match': '"7"' })).status).toBe(412);
    expect((await manager.delete(`/leads/${lead.id}`, { 'If-Match': '"1"' })).status).toBe(204);
    for (const gone of [
      await manager.delete(`/leads/${lead.id}`),
      await rep.get(`/leads/${lead.id}`),
      await rep.patch(`/leads/${lead.id}`, { source: 'A' }),
      await rep.post(`/leads/${lead.id}/stage`, { stageId: crm.stages.lead.Qualified }),
      await rep.post(`/leads/${lead.id}/convert`, {}),
      await rep.get(`/leads/${lead.id}/history`),
      await rep.get(`/leads/${lead.id}/activities`),
    ]) {
      expect(gone.status).toBe(404);
    }
  });

  it('is not for reps', async () => {
    const lead = await crm.addLead('rep');
    expect((await rep.delete(`/leads/${lead.id}`)).status).toBe(403);
    expect((await viewer.delete(`/leads/${lead.id}`)).status).toBe(403);
  });
});

describe('the owner of a lead', () => {
  const given = (client: CheckedClient, ownerId: string | null) => client.post<Lead>('/leads', { name: 'A', ownerId });

  it('is somebody within the reach of who gives it', async () => {
    const { users, teams } = crm.company;
    expect((await given(rep, users.rep)).status).toBe(201);
    for (const ownerId of [users.colleague, users.stranger, NOBODY, null]) {
      const refused = await given(rep, ownerId);
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/ownerId']]);
    }
    expect((await given(manager, users.colleague)).body).toMatchObject({
      owner: { id: users.colleague },
      team: { id: teams.North },
    });
    expect((await given(manager, users.stranger)).status).toBe(422);
    expect((await given(manager, null)).body).toMatchObject({ owner: null, team: { id: teams.North } });
    expect((await given(await crm.as('admin'), users.stranger)).body.team?.id).toBe(teams.South);
  });

  it('may be a person who cannot sign in yet, but nobody who left', async () => {
    const people = await crm.database.sql.rows<{ id: string; status: string }>(sql`
      insert into app_user (name, role_id, team_id, status)
      select 'Person ' || s, r.id, ${crm.company.teams.North}::uuid, s
      from role r, unnest(array['invited', 'placeholder', 'deactivated']) s where r.key = 'rep' returning id::text as id, status`);
    for (const { id, status } of people) {
      expect([status, (await given(manager, id)).status]).toEqual([status, status === 'deactivated' ? 422 : 201]);
    }
  });

  it('takes the lead along to the new team, out of the reach of the old one', async () => {
    const lead = await crm.addLead('rep');
    const admin = await crm.as('admin');
    const moved = await admin.patch<Lead>(`/leads/${lead.id}`, { ownerId: crm.company.users.stranger });
    expect(moved.body.team?.name).toBe('South');
    expect((await rep.get(`/leads/${lead.id}`)).status).toBe(404);
    expect((await manager.get(`/leads/${lead.id}`)).status).toBe(404);
    expect((await (await crm.as('stranger')).get(`/leads/${lead.id}`)).status).toBe(200);
  });
});
