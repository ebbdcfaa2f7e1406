import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { TestClient } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;

/** Sixty deals of a category each, open since 2016. */
beforeAll(async () => {
  crm = await startCrm();
  crm.clock.now = new Date('2026-06-01T12:00:00Z');
  admin = await crm.as('admin');
  await crm.database.sql.rows(sql`
    with deal as (
      insert into opportunity (name, product_category, amount, amount_base, currency_code, pipeline_id, stage_id, created_at)
      select 'A deal', 'c' || n, 1, 1, 'EUR', p.id, st.id, '2016-01-01T12:00:00Z'
      from generate_series(1, 60) n, pipeline p join stage st on st.pipeline_id = p.id and st.name = 'Discovery'
      where p.entity = 'opportunity' and p.is_default returning *
    )
    insert into stage_event (record_type, record_id, pipeline_id, to_stage_id, amount_base, at)
    select 'opportunity', id, pipeline_id, stage_id, amount_base, created_at from deal`);
});
afterAll(() => crm?.close());

const refusal = async (path: string) => {
  const { status, body } = await admin.get<{ detail?: string }>(`/analytics/${path}`);
  return `${status} ${body.detail ?? ''}`;
};

describe('what a question may ask for', () => {
  it.each([
    ['kpis?from=2026-02-30&to=2026-03-01', /^422 from/],
    ['kpis?from=2026-03-02&to=2026-03-01', /^422 to: must not be before from/],
    ['kpis?from=1899-12-31&to=2026-03-01', /^422 .*1900-01-01/],
    ['kpis?from=2026-01-01&to=2200-01-01', /^422 .*2199-12-31/],
    ['kpis?from=1900-01-01&to=2199-12-31&compare=previous', /^200/],
    ['kpis?from=2024-02-29&to=2024-02-29&compare=year', /^200/],
    ['series?from=1900-01-01&to=1999-12-31&metrics=revenue&grain=day', /^422 .*coarser grain/],
    ['series?from=1990-01-01&to=2026-12-31&metrics=revenue&grain=week', /^200/],
    ['series?from=2020-01-01&to=2026-12-31&metrics=revenue&grain=day&by=region&limit=50', /^422 .*coarser grain/],
    ['series?from=2026-01-01&to=2026-12-31&metrics=revenue&window=1', /^422 window/],
    ['series?from=2026-01-01&to=2026-12-31&metrics=revenue&window=25', /^422 window/],
    ['series?from=2026-01-01&to=2026-01-31&metrics=revenue&transform=movingAverage&window=24', /^200/],
    ['breakdown?from=2026-01-01&to=2026-12-31&metrics=revenue&by=region&limit=201', /^422 limit/],
    ['breakdown?from=2026-01-01&to=2026-12-31&metrics=revenue&by=custom.lead.__proto__', /^422/],
    ['records?from=2026-01-01&to=2026-12-31&metric=revenue&region=%00', /^422/],
    ['kpis?from=2026-01-01&to=2026-12-31&team=', /^200/],
    ['kpis?from=2026-01-01&to=2026-12-31&team=North', /^422 team/],
  ])('%s', async (path, expected) => {
    expect(await refusal(path)).toMatch(expected);
  });

  it('a thousand values of a filter are refused, and ten thousand do not even arrive', async () => {
    const many = (length: number) =>
      `kpis?from=2026-01-01&to=2026-12-31&${Array.from({ length }, (_none, index) => `region=${index}`).join('&')}`;
    expect(await refusal(many(1000))).toMatch(/^422 region/);
    const { status } = await new TestClient(admin.url, admin.credential).get(`/analytics/${many(10_000)}`);
    expect(status).toBe(431);
  });

  it('a split of more figures than anybody can read is refused before the memory is full of them', async () => {
    const path = 'series?from=2016-06-01&to=2026-05-31&metrics=pipelineValue&grain=day&by=category&limit=1';
    expect(await refusal(path)).toMatch(/^422 .*more than 200000 figures/);
    expect(await refusal(path.replace('grain=day', 'grain=week'))).toMatch(/^200/);
  });
});
