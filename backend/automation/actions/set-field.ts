import { addDays } from '../../calendar/index.ts';
import type { RuleAction } from '../../contracts/automation.ts';
import type { FieldKind } from '../fields.ts';

type SetField = Extract<RuleAction, { do: 'set-field' }>;

/** The change as the body of a PATCH of the record; `today`: the business day from which "in so many days" counts. */
export function bodyOf(action: SetField, today: string, kind: FieldKind | null): Record<string, unknown> {
  const value = valueFor(action.value, today, kind);
  if (action.field.startsWith('custom.')) return { custom: { [action.field.slice(7)]: value } };
  return { [action.field === 'owner' ? 'ownerId' : action.field]: value };
}

function valueFor(value: SetField['value'], today: string, kind: FieldKind | null): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('inDays' in value)) return value;
  const day = addDays(today, value.inDays);
  return kind === 'moment' ? `${day}T12:00:00Z` : day;
}
