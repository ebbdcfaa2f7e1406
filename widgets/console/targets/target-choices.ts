import type { Named, Page } from '../../../backend/contracts/common.ts';
import { type App, can, scopeOf } from '../app.ts';
import type { Option } from '../parts/fields.ts';
import { knownValues, peopleOf } from '../records/references.ts';
import { t } from '../text.ts';

/** Teams and people that targets are about, as far as this person sees them. */
export interface TargetChoices {
  teams: readonly Named[];
  people: readonly Named[];
}

export const noChoices: TargetChoices = { teams: [], people: [] };

/** Teams with figures, one's own, and, for who sets targets for everybody, those without figures, too. */
export async function loadTargetChoices(app: App): Promise<TargetChoices> {
  const { api, me } = app;
  const seesAll = scopeOf(me, 'target.manage') === 'all' && can(me, 'user.read');
  const [{ team }, people, all] = await Promise.all([
    knownValues(app),
    peopleOf(app),
    seesAll ? api.get<Page<Named>>('teams') : { items: me.team ? [me.team] : [] },
  ]);
  const teams = new Map([...team, ...all.items].map(({ id, name }) => [id, { id, name }]));
  return { teams: [...teams.values()].sort((a, b) => a.name.localeCompare(b.name)), people };
}

/** Whom a new target can be for: `company`, `team:ID` or `user:ID`. */
export function subjectOptions({ me }: App, { teams, people }: TargetChoices): Option[] {
  const company = { value: 'company', label: t('targets.company') };
  return [
    ...(scopeOf(me, 'target.manage') === 'all' ? [company] : []),
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: t('targets.teamOption', { name }) })),
    ...people.map(({ id, name }) => ({ value: `user:${id}`, label: name })),
  ];
}

/** The choice as the API takes it. */
export function subjectBody(choice: unknown): { teamId?: string; userId?: string } {
  const [kind, id = ''] = String(choice).split(':');
  if (kind === 'team') return { teamId: id };
  return kind === 'user' ? { userId: id } : {};
}
