import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable, FilterOptions, KpiResponse } from '../../backend/contracts/analytics.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads, addOpportunities, addSales, addSpend } from './facts.ts';

const ACCOUNT = '00000000-0000-7000-8000-00000000000a';
const PERIOD = 'from=2026-01-01&to=2026-03-31';
const DAY = '2026-02-02';
let server: TestServer;

/** Rep owns 1, the colleague of the same team 10, a stranger's team 100, nobody 1000. */
beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-06-01T12:00:00Z');
  const { database, company } = server;
  const { rep, colleague, stranger } = company.users;
  const { North, South } = company.teams;
  const parts = [
    { amount: '1', ownerId: rep, teamId: North, region: 'mine' },
    { amount: '10', ownerId: colleague, teamId: North, region: 'ours' },
    { amount: '100', ownerId: stranger, teamId: South, region: 'theirs' },
    { amount: '1000', region: 'nobodys' },
  ];
  await addSales(
    database,
    parts.map((part, index) => ({
      ...part,
      soldOn: DAY,
      cost: '0.5',
      category: `c-${part.region}`,
      source: `s-${part.region}`,
      segment: `g-${part.region}`,
      accountId: ACCOUNT.replace(/a$/, String(index)),
    })),
  );
  await addLeads(
    database,
    parts.map(({ amount: _, ...part }) => ({
      ...part,
      createdAt: `${DAY}T12:00:00Z`,
      isConverted: part.region === 'theirs',
    })),
  );
  await addOpportunities(
    database,
    parts.flatMap((part) => [
      {
        ...part,
        createdAt: '2026-01-05T12:00:00Z',
        closedOn: DAY,
        stages: [
          ['Discovery', '2026-01-05T12:00:00Z'],
          ['Won', `${DAY}T12:00:00Z`],
        ] as ['Discovery' | 'Won', string][],
      },
      {
        ...part,
        createdAt: '2026-01-05T12:00:00Z',
        stages: [['Discovery', '2026-01-05T12:00:00Z']] as ['Discovery', string][],
      },
    ]),
  );
  await addSpend(database, [
    { spentOn: DAY, amount: '8', teamId: North },
    { spentOn: DAY, amount: '80', teamId: South },
    { spentOn: DAY, amount: '800' },
  ]);
});
afterAll(() => server?.close());

const get = async <Body>(person: PersonKey, path: string): Promise<Body> => {
  const answer = await (await server.as(person)).get<Body>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const expected: [PersonKey, Record<string, string | null>][] = [
  [
    'admin',
    {
      revenue: '1111.00',
      salesVolume: '4',
      conversionRate: '0.250000',
      averageDeal: '277.75',
      pipelineValue: '1111.00',
      acquisitionCost: '222.00',
      activeCustomers: '4',
    },
  ],
  [
    'viewer',
    {
      revenue: '1111.00',
      salesVolume: '4',
      conversionRate: '0.250000',
      averageDeal: '277.75',
      pipelineValue: '1111.00',
      acquisitionCost: '222.00',
      activeCustomers: '4',
    },
  ],
  [
    'manager',
    {
      revenue: '11.00',
      salesVolume: '2',
      conversionRate: '0.000000',
      averageDeal: '5.50',
      pipelineValue: '11.00',
      acquisitionCost: '4.00',
      activeCustomers: '2',
    },
  ],
  [
    'rep',
    {
      revenue: '1.00',
      salesVolume: '1',
      conversionRate: '0.000000',
      averageDeal: '1.00',
      pipelineValue: '1.00',
      acquisitionCost: null,
      activeCustomers: '1',
    },
  ],
  [
    'stranger',
    {
      revenue: '100.00',
      salesVolume: '1',
      conversionRate: '1.000000',
      averageDeal: '100.00',
      pipelineValue: '100.00',
      acquisitionCost: null,
      activeCustomers: '1',
    },
  ],
];

describe('the reach of analytics', () => {
  it.each(expected)('shows %s their own numbers only', async (person, numbers) => {
    const metrics = Object.keys(numbers)
      .map((metric) => `&metrics=${metric}`)
      .join('');
    const { items } = await get<KpiResponse>(person, `kpis?${PERIOD}${metrics}`);
    expect(Object.fromEntries(items.map(({ metric, value }) => [metric, value]))).toEqual(numbers);
  });

  it('cannot be widened by a filter', async () => {
    const { users, teams } = server.company;
    for (const filter of [
      `owner=${users.stranger}`,
      `team=${teams.South}`,
      'region=theirs',
      'owner=',
      'team=',
      `owner=${users.colleague}`,
    ]) {
      const { items } = await get<KpiResponse>(
        'rep',
        `kpis?${PERIOD}&metrics=revenue&metrics=salesVolume&metrics=pipelineValue&metrics=winRate&${filter}`,
      );
      expect(items.map(({ value }) => value)).toEqual(['0.00', '0', '0.00', null]);
    }
  });

  it('holds in series and breakdowns by every dimension, names included', async () => {
    for (const by of ['category', 'region', 'team', 'owner', 'source', 'segment', 'product']) {
      const table = await get<AnalyticsTable>(
        'rep',
        `breakdown?${PERIOD}&metrics=revenue&metrics=pipelineValue&metrics=averageDeal&by=${by}`,
      );
      const text = JSON.stringify(table);
      expect(text).not.toMatch(/ours|theirs|nobodys|Cora|Stan|South/);
      expect(table.rows.filter(([, revenue]) => revenue !== '0.00').map(([, revenue]) => revenue)).toEqual(['1.00']);
    }
    const series = await get<AnalyticsTable>('manager', `series?${PERIOD}&metrics=revenue&metrics=pipelineValue`);
    expect(series.rows).toEqual([
      ['2026-01-01', '0.00', '22.00'],
      ['2026-02-01', '11.00', '11.00'],
      ['2026-03-01', '0.00', '11.00'],
    ]);
  });

  it('offers only filter values that the viewer has facts of', async () => {
    const { users, teams } = server.company;
    expect(await get<FilterOptions>('rep', 'filters')).toEqual({
      category: ['c-mine'],
      region: ['mine'],
      source: ['s-mine'],
      segment: ['g-mine'],
      team: [{ id: teams.North, name: 'North' }],
      owner: [{ id: users.rep, name: 'Rolf Rep' }],
      product: [],
      custom: [],
      firstDay: '2026-01-05',
      lastDay: DAY,
    });
    const managers = await get<FilterOptions>('manager', 'filters');
    expect(managers.region).toEqual(['mine', 'ours']);
    expect(managers.owner.map(({ name }) => name)).toEqual(['Cora Colleague', 'Rolf Rep']);
    expect((await get<FilterOptions>('viewer', 'filters')).region).toEqual(['mine', 'nobodys', 'ours', 'theirs']);
  });

  it('says why a person has no acquisition cost, and that a team has only its own spend', async () => {
    const [mine] = (await get<KpiResponse>('rep', `kpis?${PERIOD}&metrics=acquisitionCost`)).items;
    expect(mine?.caveat).toContain('Spend belongs to teams');
    const [ours] = (await get<KpiResponse>('manager', `kpis?${PERIOD}&metrics=acquisitionCost`)).items;
    expect(ours?.caveat).toContain('Only spend booked on your teams');
  });

  it('lets a person lose sight of a past pipeline with the record itself', async () => {
    const { database, company } = server;
    const [id] = await addOpportunities(database, [
      {
        createdAt: '2026-01-05T12:00:00Z',
        amount: '5000',
        ownerId: company.users.colleague,
        teamId: company.teams.North,
        stages: [['Discovery', '2026-01-05T12:00:00Z']],
      },
    ]);
    const pipeline = async (person: PersonKey) =>
      (await get<KpiResponse>(person, `kpis?${PERIOD}&metrics=pipelineValue`)).items[0]?.value;
    expect(await pipeline('colleague')).toBe('5010.00');
    await database.prisma.opportunity.update({ where: { id: id ?? '' }, data: { ownerId: company.users.rep } });
    expect(await pipeline('colleague')).toBe('10.00');
    expect(await pipeline('rep')).toBe('5001.00');
    await database.prisma.opportunity.delete({ where: { id: id ?? '' } });
  });
});
