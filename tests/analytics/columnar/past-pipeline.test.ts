import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SharedEngine, startAnalytics } from '../../../backend/analytics/index.ts';
import { sql } from '../../../backend/db/index.ts';
import { addOpportunities } from '../facts.ts';
import { dependenciesOf, type Installation, openInstallation } from './support/installation.ts';
import { question } from './support/questions.ts';

let installation: Installation;
let shared: SharedEngine;

beforeAll(async () => {
  installation = await openInstallation();
  await addOpportunities(installation.database, [
    {
      createdAt: '2026-03-01T10:00:00Z',
      amount: '70',
      closedOn: '2026-03-05',
      stages: [
        ['Discovery', '2026-03-01T10:00:00Z'],
        ['Won', '2026-03-10T10:00:00Z'],
      ],
    },
  ]);
  shared = startAnalytics(dependenciesOf(installation));
  await shared.settled();
});
afterAll(async () => {
  await shared?.stop();
  await installation?.close();
});

it('tells a past pipeline anew once a step of the history was moved and nothing else', async () => {
  const asked = question({
    period: { from: '2026-03-01', to: '2026-03-07' },
    today: '2026-06-01',
    measures: ['openCount'],
  });
  const open = async () => (await shared.engine.table(asked))[0]?.measures.openCount ?? '0';
  expect(await open()).toBe('1');
  await installation.database.transaction(async (tx) => {
    await tx.sql.rows(sql`update stage_event set at = '2026-03-05T10:00:00Z' where at = '2026-03-10T10:00:00Z'`);
    await tx.sql.rows(sql`update opportunity set stage_since = '2026-03-05T10:00:00Z'`);
  });
  expect(await open()).toBe('0');
});
