import { type Config, loadConfig } from '../../backend/config.ts';

const SECRET = 'a test secret with 9 kinds of Characters: k2J8fQx0pLz7';

/** bcrypt's least cost: sign-ins of tests take milliseconds. The real cost is tested in tests/identity/password.test.ts. */
const PASSWORD_COST = 4;

/**
 * The configuration of a test: nothing of the machine's own environment leaks in. Figures come from the database, without
 * a thread of each server's own, but where TEST_ANALYTICS or the test says otherwise.
 */
export function testConfig(environment: NodeJS.ProcessEnv = {}): Config {
  const ANALYTICS_ENGINE = process.env.TEST_ANALYTICS ?? 'sql';
  const config = loadConfig({
    ...{ SECRET_KEY: SECRET, LOG_LEVEL: 'silent', HOST: '127.0.0.1', ANALYTICS_ENGINE },
    ...environment,
  });
  return Object.freeze({ ...config, passwordCost: PASSWORD_COST });
}
