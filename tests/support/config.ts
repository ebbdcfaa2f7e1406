import { type Config, loadConfig } from '../../backend/config.ts';

const SECRET = 'a test secret with 9 kinds of Characters: k2J8fQx0pLz7';

/** The configuration of a test: nothing of the machine's own environment leaks in. */
export function testConfig(environment: NodeJS.ProcessEnv = {}): Config {
  return loadConfig({ SECRET_KEY: SECRET, LOG_LEVEL: 'silent', HOST: '127.0.0.1', ...environment });
}
