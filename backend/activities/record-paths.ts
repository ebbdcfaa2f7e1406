import type { RecordType } from '../contracts/common.ts';

/** Path, kind and noun of the records that have activities, tasks, files and a timeline. */
export const recordPaths = [
  ['leads', 'lead', 'Lead'],
  ['opportunities', 'opportunity', 'Opportunity'],
  ['accounts', 'account', 'Account'],
  ['contacts', 'contact', 'Contact'],
] as const satisfies readonly (readonly [string, RecordType, string])[];
export type RecordPath = (typeof recordPaths)[number];
