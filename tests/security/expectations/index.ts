import type { Expectation } from '../support/expectation.ts';
import { account } from './account.ts';
import { administration } from './administration.ts';
import { crm } from './crm.ts';
import { identity } from './identity.ts';
import { sales } from './sales.ts';

/** What every endpoint promises about access, by operation id. An endpoint that is not here fails the matrix. */
export const expectations: Record<string, Expectation> = {
  ...crm,
  ...sales,
  ...account,
  ...identity,
  ...administration,
};
