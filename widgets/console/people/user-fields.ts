import type { Role, Team } from '../../../backend/contracts/users.ts';
import type { Field } from '../parts/fields.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';

export const nameField = (): Field => ({
  name: 'name',
  label: t('users.name'),
  kind: 'text',
  required: true,
  maxLength: 200,
  isWide: true,
});

/** What somebody may do, and whose records they share. */
export const roleAndTeam = (roles: readonly Role[], teams: readonly Team[]): Field[] => [
  { name: 'roleId', label: t('users.role'), kind: 'select', required: true, options: namedOptions(roles) },
  {
    name: 'teamId',
    label: t('users.team'),
    kind: 'select',
    options: namedOptions(teams),
    emptyLabel: t('users.noTeam'),
  },
];
