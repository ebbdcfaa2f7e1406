import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { createCaller, percentile } from '../pipeline/latency.ts';
import { type Finding, median } from '../report.ts';
import { measuredBy } from './processes.ts';
import { type BenchQuestion, type FilterValues, nameOf, pathAt, questions } from './questions.ts';

type Headers = Record<string, string>;

/** A running server, and who asks it. */
export interface Asked {
  origin: string;
  headers: Headers;
  values: FilterValues;
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** Values that the filters can take, as the server tells them. */
export async function readFilterValues(origin: string, headers: Headers): Promise<FilterValues> {
  const response = await fetch(`${origin}/api/v1/analytics/filters`, { headers });
  if (!response.ok) throw new Error(`the filters answered ${response.status}`);
  const { region, source, segment, team } = (await response.json()) as Omit<FilterValues, 'team'> & {
    team: { id: string }[];
  };
  return { region, source, segment, team: team.map(({ id }) => id).slice(0, 12) };
}

export interface Latencies {
  /** ms, by question */
  times: ReadonlyMap<string, number[]>;
  all: number[];
}

/** Every question so many times, in turns, one call after the other; a first round that isn't counted warms up. */
export async function askAll(
  { origin, headers, values }: Asked,
  rounds: number,
  asked: readonly BenchQuestion[] = questions,
): Promise<Latencies> {
  const caller = createCaller(origin, 2);
  const times = new Map(asked.map((question): [string, number[]] => [nameOf(question), []]));
  for (let round = -1; round < rounds; round++) {
    for (const question of asked) {
      const path = pathAt(question, values, round + 1, today());
      const time = await caller.time({ method: 'GET', path, headers });
      if (round >= 0) times.get(nameOf(question))?.push(time);
    }
  }
  caller.close();
  return { times, all: [...times.values()].flat() };
}

/** p50 and p95 over all requests with their bounds, and those of each question beside them. */
export function latencyFindings(
  { times, all }: Latencies,
  bounds: { p50: number | null; p95: number | null },
): Finding[] {
  const note = `${all.length} requests`;
  return [
    { name: `all questions, p50 ms`, value: median(all), bound: bounds.p50, better: 'atMost', note },
    {
      name: `all questions, p95 ms`,
      value: percentile(all, 0.95),
      bound: bounds.p95,
      better: 'atMost',
      note,
    },
    ...eachFinding(times),
  ];
}

/** p50 of each question. */
export const eachFinding = (times: Latencies['times']): Finding[] =>
  [...times].map(([name, own]) => {
    const note = `p95 ${percentile(own, 0.95).toFixed(1)} ms, slowest ${Math.max(...own).toFixed(1)} ms`;
    return { name: `${name}, p50 ms`, value: median(own), bound: null, better: 'atMost', note };
  });

/** The amount of a sale that can be told from the writers'. */
const MARKER = 10_000_000;

/** How long after its commit each of `count` sales was in the answers, in ms. */
export async function lagsOf({ origin, headers }: Asked, databaseUrl: string, count: number): Promise<number[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const caller = createCaller(origin, 2);
  const { rows } = await client.query('select id::text as id from product order by id desc limit 1');
  const product = rows[0]?.id as string;
  const path = `/api/v1/analytics/kpis?metrics=revenue&product=${product}&from=${today()}&to=${today()}`;
  const revenue = async () => JSON.parse(await caller.text({ method: 'GET', path, headers })).items[0].value as string;
  const lags: number[] = [];
  for (let place = 0; place < count; place++) {
    // Far more than the writers sell of the product meanwhile. Less one, because sums of such numbers aren't exact.
    const before = Number(await revenue());
    await client.query(
      `insert into sale (sold_on, product_id, product_category, quantity, amount, currency_code, amount_base, external_key)
       select current_date, id, category, 1, ${MARKER}, 'EUR', ${MARKER}, 'bench-' || gen_random_uuid() from product where id = $1`,
      [product],
    );
    const committed = performance.now();
    while (Number(await revenue()) < before + MARKER - 1) {
      if (performance.now() - committed > 30_000) throw new Error('a committed sale is not in the answers after 30 s');
      await wait(10);
    }
    lags.push(performance.now() - committed);
  }
  caller.close();
  await client.end();
  return lags;
}

/** The writers' ms per transaction with the triggers on sales and without them, in turns of some seconds each. */
export async function writersRatio(
  writer: ChildProcess,
  databaseUrl: string,
  turns: number,
  seconds: number,
): Promise<{ ratio: number; withMs: number; withoutMs: number }> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const during = async (state: 'enable' | 'disable') => {
    await client.query(`alter table sale ${state} trigger user`);
    await measuredBy(writer);
    await wait(seconds * 1000);
    return median((await measuredBy(writer)).times);
  };
  const pairs: { with: number; without: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    // Who comes first takes turns too.
    const first = await during(turn % 2 ? 'enable' : 'disable');
    const second = await during(turn % 2 ? 'disable' : 'enable');
    pairs.push(turn % 2 ? { with: first, without: second } : { with: second, without: first });
  }
  await client.query('alter table sale enable trigger user');
  await client.end();
  return {
    ratio: median(pairs.map((pair) => pair.with / pair.without)),
    withMs: median(pairs.map((pair) => pair.with)),
    withoutMs: median(pairs.map((pair) => pair.without)),
  };
}
