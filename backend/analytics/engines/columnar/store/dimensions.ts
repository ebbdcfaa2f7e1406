import type { Dimension } from '../../../../contracts/analytics.ts';
import { Dictionary } from './dictionary.ts';

/** The order of a row's code columns. */
export const dimensions = [
  'product',
  'category',
  'region',
  'team',
  'owner',
  'source',
  'segment',
] as const satisfies readonly Dimension[];

export const TEAM = dimensions.indexOf('team');
export const OWNER = dimensions.indexOf('owner');

/** One dictionary for each dimension; all facts share them. */
export type Dictionaries = readonly Dictionary[];

export const newDictionaries = (): Dictionaries => dimensions.map(() => new Dictionary());
