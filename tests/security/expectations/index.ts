import type { Expectation } from '../support/expectation.ts';
import { account } from './account.ts';
import { activities } from './activities.ts';
import { administration } from './administration.ts';
import { automation } from './automation.ts';
import { boards } from './boards.ts';
import { crm } from './crm.ts';
import { dashboards } from './dashboards.ts';
import { duplicates } from './duplicates.ts';
import { exports } from './exports.ts';
import { fields } from './fields.ts';
import { identity } from './identity.ts';
import { pipelineReports } from './pipeline-reports.ts';
import { pipelines } from './pipelines.ts';
import { records } from './records.ts';
import { sales } from './sales.ts';
import { targets } from './targets.ts';
import { tasks } from './tasks.ts';

/** What every endpoint promises about access, by operation id. An endpoint that is not here fails the matrix. */
export const expectations: Record<string, Expectation> = {
  ...crm,
  ...boards,
  ...activities,
  ...sales,
  ...pipelineReports,
  ...dashboards,
  ...targets,
  ...account,
  ...identity,
  ...administration,
  ...automation,
  ...tasks,
  ...duplicates,
  ...pipelines,
  ...records,
  ...fields,
  ...exports,
};
