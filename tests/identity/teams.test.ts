import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../backend/contracts/administration.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Team, User } from '../../backend/contracts/users.ts';
import { sql } from '../../backend/db/index.ts';
import { NOBODY, pointersOf } from '../support/crm.ts';
import { type Desk, type List, outcome, startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.close());

let serial = 0;
async function addTeam(parentId: string | null = null, more: Partial<Team> = {}): Promise<Team> {
  serial += 1;
  const answer = await desk.admin.post<Team>('/teams', { name: `Team number ${serial}`, parentId, ...more });
  expect(answer.status).toBe(201);
  return answer.body;
}
const move = (team: Team, parentId: string | null, client = desk.admin) =>
  client.patch<Team & Problem>(`/teams/${team.id}`, { parentId });

describe('teams', () => {
  it('are made, renamed, given a region and moved', async () => {
    const top = await addTeam(null, { region: 'Coast' });
    expect(top).toMatchObject({ region: 'Coast', parentId: null, members: 0, version: 1 });
    const below = await addTeam(top.id);
    const change = { name: 'Renamed', region: null, parentId: null };
    const changed = await desk.admin.patch<Team>(`/teams/${below.id}`, change, { 'If-Match': '"1"' });
    expect([changed.status, changed.etag]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject(change);
    const late = await desk.admin.patch<Problem>(`/teams/${below.id}`, { name: 'Late' }, { 'If-Match': '"1"' });
    expect(outcome(late)).toEqual([412, 'stale']);
  });

  it('have names of their own, whatever the case', async () => {
    const answer = await desk.admin.post<Problem>('/teams', { name: 'nORTH' });
    expect([outcome(answer), pointersOf(answer)]).toEqual([[409, 'conflict'], ['/name']]);
    expect((await desk.admin.patch(`/teams/${desk.company.teams.North}`, { name: 'North' })).status).toBe(200);
  });

  it('stand below a team that exists, and never below themselves', async () => {
    expect(outcome(await desk.admin.post<Problem>('/teams', { name: 'Lost', parentId: NOBODY }))).toEqual([
      422,
      'invalid',
    ]);
    const top = await addTeam();
    const middle = await addTeam(top.id);
    const bottom = await addTeam(middle.id);
    for (const parent of [top, middle, bottom]) {
      const answer = await move(top, parent.id);
      expect([outcome(answer), pointersOf(answer)]).toEqual([[409, 'conflict'], ['/parentId']]);
    }
    expect((await move(bottom, top.id)).status).toBe(200);
  });

  it('form no cycle when two are moved below each other at once', async () => {
    const [one, other] = [await addTeam(), await addTeam()];
    const answers = await Promise.all([move(one, other.id), move(other, one.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('are deleted once nothing belongs to them', async () => {
    const team = await addTeam();
    const child = await addTeam(team.id);
    const member = await desk.someone('rep', { teamId: team.id });
    const lead = await desk.addLead('admin', { name: 'Of the team', ownerId: member.id });
    const refused = await desk.admin.delete<Problem>(`/teams/${team.id}`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      `The team ${team.name} can’t be deleted: people, teams below it, leads, and past stages of records belong to it. Move them to another team first, or keep it for its history.`,
    ]);
    await move(child, null);
    await desk.admin.patch(`/users/${member.id}`, { teamId: null });
    await desk.admin.delete(`/leads/${lead.id}`);
    // A deleted lead can be looked up in the history, so its team stays too.
    expect((await desk.admin.delete(`/teams/${team.id}`)).status).toBe(409);
    expect((await desk.admin.delete(`/teams/${child.id}`, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await desk.admin.delete(`/teams/${child.id}`)).status).toBe(204);
    expect(outcome(await desk.admin.delete<Problem>(`/teams/${child.id}`))).toEqual([404, 'not_found']);
  });

  it('leave what they were and became in the audit log', async () => {
    const team = await addTeam();
    await desk.admin.patch(`/teams/${team.id}`, { region: 'Coast' });
    await desk.admin.delete(`/teams/${team.id}`);
    const { body } = await desk.admin.get<List<AuditEntry>>(`/audit?entity=team&entityId=${team.id}`);
    expect(body.items.map(({ action }) => action)).toEqual(['team.deleted', 'team.changed', 'team.created']);
    expect(body.items[1]).toMatchObject({ before: { region: null }, after: { region: 'Coast' } });
  });

  it('are listed as a tree with their active members', async () => {
    const { body } = await (await desk.as('rep')).get<List<Team>>('/teams');
    expect(body.items.find((team) => team.name === 'South')).toMatchObject({
      region: 'South region',
      parentId: null,
      members: 1,
    });
  });

  it('are moved by nobody into somebody’s reach who would get more than the mover holds', async () => {
    const mover = await desk.withRole({ 'user.read': 'all', 'team.manage': 'all', 'lead.read': 'team' }, 'North', []);
    const team = await addTeam();
    // The manager of North would get the leads of the team, which the mover can't see.
    expect(outcome(await move(team, desk.company.teams.North, mover))).toEqual([403, 'forbidden']);
    expect((await move(team, desk.company.teams.North)).status).toBe(200);
    expect((await move(team, null, mover)).status).toBe(200);
  });
});

describe('a manager', () => {
  it('sees the whole subtree of teams below in people, leads and figures, and nothing beside or above it', async () => {
    const { North: top, South: beside } = desk.company.teams;
    const middle = await addTeam(top);
    const bottom = await addTeam(middle.id);
    const people: Record<string, User> = {};
    for (const [place, teamId] of Object.entries({ top, middle: middle.id, bottom: bottom.id, beside })) {
      const person = await desk.someone('rep', { teamId, name: `At the ${place}` });
      await desk.addLead('admin', { name: `Lead at the ${place}`, ownerId: person.id });
      await desk.addOpportunity('admin', { ownerId: person.id, amount: { amount: '100.00', currency: 'EUR' } });
      people[place] = person;
    }
    await desk.database.sql.rows(sql`delete from lead where name not like 'Lead at the %'`);
    const leaders = {
      top: await desk.as('manager'),
      middle: await desk.enter(await desk.someone('manager', { teamId: middle.id })),
      bottom: await desk.enter(await desk.someone('manager', { teamId: bottom.id })),
    };
    const reach = { top: ['bottom', 'middle', 'top'], middle: ['bottom', 'middle'], bottom: ['bottom'] };
    desk.later();
    const day = (desk.clock.now ?? new Date()).toISOString().slice(0, 10);
    for (const [level, client] of Object.entries(leaders)) {
      const wanted = reach[level as keyof typeof reach];
      const users = await client.get<List<User>>('/users?q=At the&count=true');
      expect([level, users.body.items.map(({ name }) => name.slice(7)), users.body.total]).toEqual([
        level,
        wanted,
        wanted.length,
      ]);
      const leads = await client.get<List<Lead>>('/leads?sort=name&count=true');
      expect([level, leads.body.items.map(({ name }) => name.slice(12)), leads.body.total]).toEqual([
        level,
        wanted,
        wanted.length,
      ]);
      const kpis = await client.get<{ items: { metric: string; value: string }[] }>(
        `/analytics/kpis?from=${day.slice(0, 8)}01&to=${day}`,
      );
      expect([level, kpis.body.items.find(({ metric }) => metric === 'pipelineValue')?.value]).toEqual([
        level,
        `${wanted.length * 100}.00`,
      ]);
      for (const [place, person] of Object.entries(people)) {
        const { status } = await client.get(`/users/${person.id}`);
        expect([level, place, status]).toEqual([level, place, wanted.includes(place) ? 200 : 404]);
      }
    }
    await move(bottom, null);
    expect((await leaders.middle.get<List<Lead>>('/leads')).body.items.map(({ name }) => name)).toEqual([
      'Lead at the middle',
    ]);
  });
});
