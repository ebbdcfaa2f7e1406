import { type Principal, scopeOf } from '../../access/index.ts';
import { targetMetricSchema } from '../../contracts/targets.ts';
import { type Sql, sql } from '../../db/index.ts';
import { seesMetric } from '../visibility.ts';

/** Whom a target is for. */
export type Subject = { kind: 'company' } | { kind: 'team'; id: string } | { kind: 'user'; id: string };

/**
 * The targets that somebody sees: all with the reach `all`; with `team` those of their teams, of the people in these
 * and their own; with `own` their own and their team's. Only those of metrics that they see: a goal for gross profit
 * beside one for revenue tells the margin. The statement has targets as `t`, their people as `u`.
 */
export function visibleTargets(principal: Principal): Sql {
  const metrics = targetMetricSchema.options.filter((metric) => seesMetric(principal, metric));
  return sql`(t.metric = any(${metrics}::text[]) and ${targetsWithin(principal)})`;
}

function targetsWithin(principal: Principal): Sql {
  const { userId, teamId, teamIds } = principal;
  const { kind } = scopeOf(principal, 'analytics.read');
  switch (kind) {
    case 'all':
      return sql`true`;
    case 'team':
      return sql`(t.team_id = any(${teamIds}::uuid[]) or u.team_id = any(${teamIds}::uuid[]) or t.user_id = ${userId}::uuid)`;
    case 'own':
      return sql`(t.user_id = ${userId}::uuid or t.team_id = ${teamId}::uuid)`;
    case 'none':
      return sql`false`;
    default:
      return kind satisfies never;
  }
}

/** The targets that somebody sets, among those they see. */
export function managedTargets(principal: Principal): Sql {
  const { kind } = scopeOf(principal, 'target.manage');
  const { teamIds } = principal;
  if (kind === 'all') return sql`true`;
  if (kind !== 'team') return sql`false`;
  return sql`(t.team_id = any(${teamIds}::uuid[]) or u.team_id = any(${teamIds}::uuid[]))`;
}

/** Does the viewer's reach hold all that this target counts? Who sees only their own sees no team's progress. */
export function reachesAllOf(principal: Principal, { kind }: Pick<Subject, 'kind'>): boolean {
  const { kind: scope } = scopeOf(principal, 'analytics.read');
  if (kind === 'company') return scope === 'all';
  return kind === 'user' ? scope !== 'none' : scope === 'all' || scope === 'team';
}
