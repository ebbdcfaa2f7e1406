import { isAllowed, isFieldShown, type Permission, type Principal, seesFields } from '../access/index.ts';
import type { MetricId, Split } from '../contracts/analytics.ts';
import { readCustomDimension } from './custom-dimension.ts';
import { metricOf } from './metrics.ts';

/** May the person see this metric at all? Some belong to a guarded group of fields. */
export function seesMetric(principal: Principal, id: MetricId): boolean {
  const { fieldGroup } = metricOf(id);
  return fieldGroup === null || seesFields(principal, fieldGroup);
}

/** May the person see what this dimension is about? The house's own ones are for everybody, custom fields may be hidden. */
export function seesSplit(principal: Principal, split: Split): boolean {
  const read = readCustomDimension(split);
  if (!read) return true;
  const { entity, key } = read;
  return (
    isAllowed(principal, `${entity}.read` as Permission) &&
    isFieldShown(entity, `custom.${key}`, { fields: principal.fieldGroups })
  );
}

/** The metric as a person reads it. */
export const metricName = (id: MetricId): string => metricOf(id).name;
