import { expect, it } from 'vitest';
import { ensureDemoClient } from '../../backend/embed/index.ts';
import { testConfig } from '../support/config.ts';
import { databaseForTest } from '../support/database.ts';

it('is the same at every start, until the secret key or the page’s origin changes', async () => {
  const database = await databaseForTest();
  const config = testConfig();
  const first = await ensureDemoClient(database, config, 'http://localhost:5001');
  expect(await ensureDemoClient(database, config, 'http://localhost:5001')).toEqual(first);
  const moved = await ensureDemoClient(database, config, 'http://localhost:6001');
  expect(moved.clientId).not.toBe(first.clientId);
  const other = testConfig({ SECRET_KEY: 'another secret with 9 kinds of Characters: 7Lz0pQxk2J8f' });
  const renewed = await ensureDemoClient(database, other, 'http://localhost:5001');
  expect(renewed.clientId).not.toBe(first.clientId);
  expect(await ensureDemoClient(database, other, 'http://localhost:5001')).toEqual(renewed);
});
