import type { DemoCompany } from '../company.ts';
import type { Places } from '../places.ts';
import { customerTables } from './customers.ts';
import { peopleTables } from './people.ts';
import { pipelineTables } from './pipeline.ts';
import { salesTables } from './sales.ts';
import type { TableRows } from './table.ts';
import { targetTables } from './targets.ts';
import { workTables } from './work.ts';

/** Every table of the demo company in an order that satisfies the foreign keys. */
export function tablesOf(company: DemoCompany, places: Places, passwordHash: string): TableRows[] {
  return [
    ...peopleTables(company, places, passwordHash),
    ...customerTables(company),
    ...pipelineTables(company, places),
    ...salesTables(company),
    ...targetTables(company),
    ...workTables(company),
  ];
}
