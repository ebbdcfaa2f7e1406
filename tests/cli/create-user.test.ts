import { expect, it } from 'vitest';
import { createUser } from '../../backend/cli/create-user.ts';
import { testConfig } from '../support/config.ts';
import { databaseForTest } from '../support/database.ts';

const person = { email: 'bea@example.com', name: 'Bea Boss', role: 'admin' };

it('adds a person with a good password, and says in one sentence what is wrong with others', async () => {
  const database = await databaseForTest();
  const deps = { database, config: testConfig(), clock: () => new Date() };
  await expect(createUser(deps, { ...person, password: 'Bea.Boss.2026' })).rejects.toThrow(
    /^The password is made of your name.*other\.$/,
  );
  await createUser(deps, { ...person, password: 'correct horse battery staple' });
  await expect(createUser(deps, { ...person, password: 'correct horse battery staple' })).rejects.toThrow(
    /exists already/,
  );
});
