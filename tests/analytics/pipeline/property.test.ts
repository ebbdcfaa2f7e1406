import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessDay } from '../../../backend/calendar/index.ts';
import type {
  Ageing,
  Changes,
  Funnel,
  Health,
  PipelineRecords,
  Velocity,
} from '../../../backend/contracts/pipeline-reports.ts';
import { type Crm, startCrm } from '../../support/crm.ts';
import { fc } from '../../support/fast-check.ts';
import type { PersonKey } from '../../support/people.ts';
import { asQuery, cents, type Pool, type RandomFilters, someFilters } from '../random-facts.ts';
import { addRenewals, type History, lastOf, replaceHistories, type State } from './histories.ts';
import { someHistories, someReportPeriod } from './random-histories.ts';
import { funnel, openNow, percentile, type Question, stays, waterfall } from './reckoning.ts';

const RUNS = 15;
const TIME_ZONE = 'Asia/Tokyo';
const NOW = '2026-06-29T20:00:00Z';
const viewers = ['admin', 'manager', 'rep', 'viewer'] as const satisfies PersonKey[];
let crm: Crm;
let pool: Pool;

beforeAll(async () => {
  crm = await startCrm({ COMPANY_TIME_ZONE: TIME_ZONE, SALESPULSE_ROLE: 'web' });
  crm.clock.now = new Date(NOW);
  await addRenewals(crm.database);
  const { users, teams } = crm.company;
  pool = { owners: [users.rep, users.colleague, users.stranger], teams: [teams.North, teams.South], products: [] };
});
afterAll(() => crm?.close());

const dayOf = (moment: string) => businessDay(new Date(moment), TIME_ZONE);
const get = async <Body>(person: PersonKey, path: string): Promise<Body> => {
  const answer = await (await crm.as(person)).get<Body>(`/analytics/pipeline/${path}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

/** Who sees a record, by the rules as the documentation states them: as it is now. */
function sees(person: (typeof viewers)[number], { states }: History): boolean {
  const { users, teams } = crm.company;
  const { ownerId, teamId } = lastOf(states);
  if (person === 'rep') return ownerId === users.rep;
  if (person === 'manager') return teamId === teams.North || ownerId === users.manager;
  return true;
}

/** Does a record in this state pass the filters? Owner and team are those of the state. */
const passesFilters = (filters: RandomFilters) => (history: History, state: State) => {
  const has = (values: string[] | undefined, value: string | null) => !values || values.includes(value ?? '');
  return (
    has(filters.owner, state.ownerId) &&
    has(filters.team, state.teamId) &&
    has(filters.source, history.source) &&
    has(filters.segment, history.segment) &&
    has(filters.region, history.region)
  );
};

const someQuestion = () =>
  fc.tuple(
    someHistories(pool),
    someFilters({ ...pool, products: ['00000000-0000-7000-8000-000000000001'] }).map(
      ({ product: _, category: __, ...filters }): RandomFilters => filters,
    ),
    someReportPeriod,
    fc.constantFrom(...viewers),
  );

/** Runs a check on random histories; the question is as the viewer may ask it. */
const forEachQuestion = (
  check: (question: Question, person: PersonKey, query: string, filters: RandomFilters) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(someQuestion(), async ([histories, filters, period, person]) => {
      await replaceHistories(crm.database, histories, dayOf);
      const visible = histories.filter((history) => !history.isDeleted && sees(person, history));
      const question = { histories: visible, pipeline: 'Sales', ...period, dayOf, passes: passesFilters(filters) };
      await check(question, person, `from=${period.from}&to=${period.to}${asQuery(filters)}`, filters);
    }),
    { numRuns: RUNS },
  );

async function allRecords(person: PersonKey, query: string): Promise<PipelineRecords['items']> {
  const items: PipelineRecords['items'] = [];
  let cursor = '';
  do {
    const page: PipelineRecords = await get(person, `records?${query}&limit=3${cursor}`);
    items.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  return items;
}

describe('for random histories', () => {
  it('the waterfall is what an independent walk finds, its bars add up, and each lists the records it is made of', async () => {
    await forEachQuestion(async (question, person, query) => {
      const { bars } = await get<Changes>(person, `changes?${query}`);
      const expected = waterfall(question);
      for (const { bar, records, value } of bars) {
        expect([bar, records, Number(cents(value.amount))]).toEqual([
          bar,
          expected[bar]?.records ?? 0,
          expected[bar]?.cents ?? 0,
        ]);
        const items = await allRecords(person, `${query}&set=change&bar=${bar}`);
        expect(items.map(({ id }) => id).sort()).toEqual([...(expected[bar]?.ids ?? [])].sort());
        const listed = items.reduce((sum, { counted }) => sum + cents(counted?.amount ?? '0'), 0n);
        expect(listed).toBe(cents(value.amount));
      }
      const [opening, ...rest] = bars;
      const closing = rest.pop();
      const add = (start: bigint, list: typeof bars) =>
        list.reduce((sum, { value }) => sum + cents(value.amount), start);
      expect(add(cents(opening?.value.amount ?? ''), rest)).toBe(cents(closing?.value.amount ?? ''));
      expect(rest.reduce((sum, { count }) => sum + count, opening?.count ?? 0)).toBe(closing?.count);
    });
  });

  it('the waterfall of deals that close between two days tells those that were pushed out or pulled in', async () => {
    await forEachQuestion(async (question, person, query) => {
      const [closesFrom, closesTo] = ['2026-04-01', '2026-05-15'];
      const passes = (history: History, state: State) =>
        question.passes(history, state) &&
        state.closeOn !== null &&
        state.closeOn >= closesFrom &&
        state.closeOn <= closesTo;
      const { bars } = await get<Changes>(person, `changes?${query}&closesFrom=${closesFrom}&closesTo=${closesTo}`);
      const expected = waterfall({ ...question, passes });
      expect(bars.map(({ bar, value }) => [bar, Number(cents(value.amount))])).toEqual(
        bars.map(({ bar }) => [bar, expected[bar]?.cents ?? 0]),
      );
    });
  });

  it('the funnel is what an independent walk finds, its steps and parts add up, and each lists its records', async () => {
    await forEachQuestion(async (question, person, query) => {
      const { total, groups } = await get<Funnel>(person, `funnel?${query}&by=source`);
      const expected = funnel(question);
      const { entered, won, lost, open, left } = total;
      expect({ entered, won, lost, open, left, reached: total.stages.map(({ reached }) => reached) }).toEqual(expected);
      for (const stage of total.stages) {
        expect(stage.movedOn + stage.lost + stage.open + stage.left).toBe(stage.reached);
        const listed = await allRecords(person, `${query}&set=reached&stage=${stage.stage.id}`);
        expect(listed.length).toBe(stage.reached);
        const stopped = await allRecords(person, `${query}&set=stopped&stage=${stage.stage.id}&outcome=lost`);
        expect(stopped.length).toBe(stage.lost);
      }
      for (const key of ['entered', 'won', 'lost', 'open', 'left'] as const) {
        expect(groups.reduce((sum, group) => sum + group[key], 0)).toBe(total[key]);
      }
    });
  });

  it('time in stage is the median and ninetieth percentile of the stays that ended', async () => {
    await forEachQuestion(async (question, person, query) => {
      const { stages } = await get<Velocity>(person, `velocity?${query}`);
      const expected = stays(question);
      for (const { stage, visits, medianDays, p90Days, ...went } of stages) {
        const found = expected.get(`Sales/${stage.name}`) ?? [];
        expect([stage.name, visits]).toEqual([stage.name, found.length]);
        expect(went.movedOn + went.movedBack + went.won + went.lost + went.left).toBe(visits);
        const [median, p90] = [percentile(found, 0.5), percentile(found, 0.9)];
        expect(medianDays === null).toBe(median === null);
        expect(Math.abs((medianDays ?? 0) - (median ?? 0))).toBeLessThan(0.051);
        expect(Math.abs((p90Days ?? 0) - (p90 ?? 0))).toBeLessThan(0.051);
      }
    });
  });

  it('what stands open at the end of a period is the same to velocity and to the waterfall', async () => {
    await forEachQuestion(async (_question, person, query) => {
      const { current } = await get<Velocity>(person, `velocity?${query}`);
      const { bars } = await get<Changes>(person, `changes?${query}`);
      const closing = bars.find(({ bar }) => bar === 'closing');
      expect([current.open, current.openValue]).toEqual([closing?.records, closing?.value]);
    });
  });

  it('ageing and health count what is open now', async () => {
    await forEachQuestion(async (question, person, query, filters) => {
      const found = openNow(question, NOW);
      const ageing = await get<Ageing>(person, `ageing?${asQuery(filters).slice(1)}`);
      expect(ageing.total.count).toBe(found.length);
      for (const { stage, buckets, count } of ageing.stages) {
        const inStage = found.filter(({ state }) => state.stage === `Sales/${stage.name}`);
        expect(count).toBe(inStage.length);
        for (const { fromDays, toDays, count: aged } of buckets) {
          const limits = `minDays=${fromDays}${toDays === null ? '' : `&maxDays=${toDays}`}`;
          expect(aged).toBe(inStage.filter(({ days }) => days >= fromDays && days < (toDays ?? Infinity)).length);
          const listed = await get<PipelineRecords>(
            person,
            `records?${query}&set=ageing&stage=${stage.id}&${limits}&limit=200`,
          );
          expect(listed.items.length).toBe(aged);
        }
      }
      const health = await get<Health>(person, `health?${query}`);
      const check = (id: string) => health.checks.find((one) => one.id === id)?.count;
      expect(health.open.count).toBe(found.length);
      const hasNoStep = ({ history }: (typeof found)[number]) => !history.nextStep?.trim() && !history.hasOpenTask;
      expect(check('noNextStep')).toBe(found.filter(hasNoStep).length);
      const today = dayOf(NOW);
      expect(check('pastClose')).toBe(
        found.filter(({ state }) => state.closeOn !== null && state.closeOn < today).length,
      );
      for (const id of ['stuck', 'noNextStep', 'pastClose', 'healthy', 'due']) {
        const listed = await get<PipelineRecords>(person, `records?${query}&set=${id}&limit=200`);
        const counted = id === 'healthy' ? health.healthy.count : id === 'due' ? health.coverage?.due.count : check(id);
        expect(listed.items.length).toBe(counted);
      }
    });
  });
});
