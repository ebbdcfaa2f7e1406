import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db/index.ts';
import type { ChangeListener } from './notify/index.ts';

/** What every module is given. The clock is injected so that tests own the time. */
export interface Dependencies {
  config: Config;
  database: Database;
  logger: Logger;
  clock: () => Date;
  /** told of every committed change to a record; absent where no pages are open (command line) */
  changes?: ChangeListener;
}
