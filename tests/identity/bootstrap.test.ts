import { expect, it } from 'vitest';
import { type Database, sql } from '../../backend/db/index.ts';
import { bootstrap } from '../../backend/identity/index.ts';
import { databaseForTest } from '../support/database.ts';

const stagesOf = (database: Database, entity: string) =>
  database.sql.rows<{ name: string; kind: string; probability: number }>(sql`
    select s.name, s.kind, s.probability from stage s join pipeline p on p.id = s.pipeline_id
    where p.entity = ${entity} order by s.position`);

it('gives an installation its roles, pipelines and currency', async () => {
  const database = await databaseForTest();
  const roles = await database.sql.rows<{ key: string }>(sql`select key from role where is_built_in order by key`);
  expect(roles.map((role) => role.key)).toEqual(['admin', 'manager', 'rep', 'viewer']);
  expect(await stagesOf(database, 'lead')).toEqual([
    { name: 'New', kind: 'open', probability: 0.1 },
    { name: 'Qualified', kind: 'open', probability: 0.4 },
    { name: 'Converted', kind: 'won', probability: 1 },
    { name: 'Lost', kind: 'lost', probability: 0 },
  ]);
  expect((await stagesOf(database, 'opportunity')).map((stage) => stage.name)).toEqual([
    'Discovery',
    'Proposal',
    'Negotiation',
    'Won',
    'Lost',
  ]);
});

it('changes nothing when it runs again, several times at once', async () => {
  const database = await databaseForTest();
  const snapshot = () =>
    database.sql.rows(sql`
      select (select json_agg(r order by r.key) from role r) as roles, (select count(*)::int from stage) as stages,
             (select json_agg(s) from setting s) as settings,
             (select json_agg(d order by d.key) from dashboard d) as dashboards`);
  const before = await snapshot();
  await Promise.all([1, 2, 3].map(() => bootstrap(database, { currency: 'EUR' })));
  expect(await snapshot()).toEqual(before);
});

it('brings a built-in role back to what this version says', async () => {
  const database = await databaseForTest();
  await database.sql.rows(sql`update role set permissions = '{}'::jsonb where key = 'rep'`);
  await bootstrap(database, { currency: 'EUR' });
  const rep = await database.sql.first<{ own: string }>(sql`
    select permissions ->> 'lead.read' as own from role where key = 'rep'`);
  expect(rep?.own).toBe('own');
});

it('leaves pipelines alone that an administrator renamed', async () => {
  const database = await databaseForTest();
  await database.sql.rows(sql`update pipeline set name = 'Our way' where entity = 'lead'`);
  await bootstrap(database, { currency: 'EUR' });
  const pipelines = await database.sql.rows(sql`select name from pipeline where entity = 'lead'`);
  expect(pipelines).toEqual([{ name: 'Our way' }]);
});

it('keeps the currency that amounts are stored in, and says so', async () => {
  const database = await databaseForTest();
  const warnings: string[] = [];
  await bootstrap(database, { currency: 'USD' }, (message) => warnings.push(message));
  const setting = await database.sql.first(sql`select value from setting where key = 'currency'`);
  expect(setting).toEqual({ value: 'EUR' });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/USD.*EUR stays/s);
});
