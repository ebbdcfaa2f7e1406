import type { DashboardCreate } from '../../contracts/dashboards.ts';
import type { SqlRunner } from '../../db/index.ts';
import { insertBuiltIn } from '../dashboard.repository.ts';
import { executive } from './executive.ts';
import { manager } from './manager.ts';
import { marketing } from './marketing.ts';
import { rep } from './rep.ts';

export type BuiltInKey = 'executive' | 'manager' | 'rep' | 'marketing';

const builtIn: Readonly<Record<BuiltInKey, DashboardCreate>> = { executive, manager, rep, marketing };

/** Gives an installation the dashboards it misses; what is there, changed or not, stays as it is. */
export async function insertBuiltInDashboards(runner: SqlRunner): Promise<void> {
  for (const [key, one] of Object.entries(builtIn)) await insertBuiltIn(runner, key, one);
}
