import type { Page } from '../../../backend/contracts/common.ts';
import type { Role, Team } from '../../../backend/contracts/users.ts';
import { type App, can } from '../app.ts';

/** Roles and teams a person can be given, as far as the asker may see them. */
export async function loadChoices({ api, me }: App): Promise<{ roles: readonly Role[]; teams: readonly Team[] }> {
  const [roles, teams] = await Promise.all([
    can(me, 'role.read') ? api.get<Page<Role>>('roles') : { items: [] },
    can(me, 'user.read') ? api.get<Page<Team>>('teams') : { items: [] },
  ]);
  return { roles: roles.items, teams: teams.items };
}
