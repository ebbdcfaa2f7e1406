import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db/index.ts';

/** What every module is given. The clock is injected so that tests own the time. */
export interface Dependencies {
  config: Config;
  database: Database;
  logger: Logger;
  clock: () => Date;
}
