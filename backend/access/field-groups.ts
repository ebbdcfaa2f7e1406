/** Fields that not everybody may see; a role names the groups that it shows. */
export const fieldGroups = ['cost', 'personal'] as const;
export type FieldGroup = (typeof fieldGroups)[number];

/** A guarded group as an administrator reads it in the grid of a role. */
export interface FieldGroupMeta {
  key: FieldGroup;
  label: string;
  description: string;
}

/** Every guarded group, in the order of the grid. */
export const fieldGroupCatalogue: readonly FieldGroupMeta[] = [
  {
    key: 'cost',
    label: 'Costs and margins',
    description: 'Costs of sales and products, gross profit and profit margin.',
  },
  {
    key: 'personal',
    label: 'E-mail addresses and phone numbers',
    description: 'How to reach the people behind leads and contacts.',
  },
];

/** What a refusal calls the fields of a group. */
export const guardedNouns: Readonly<Record<FieldGroup, string>> = {
  cost: 'costs and margins',
  personal: 'e-mail addresses and phone numbers',
};

/**
 * The guarded fields by the entity that has them, as the wire, audit rows and imports name them: the one place
 * that says which field belongs to which group.
 */
export const guardedFields = {
  lead: { email: 'personal', phone: 'personal' },
  contact: { email: 'personal', phone: 'personal' },
  sale: { cost: 'cost', profit: 'cost' },
  product: { unitCost: 'cost' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldGroup>>>>;

/** The group that guards a field; null where everybody who sees the record sees it. */
export function guardOf(entity: string, field: string): FieldGroup | null {
  if (!Object.hasOwn(guardedFields, entity)) return null;
  const fields: Readonly<Record<string, FieldGroup>> = guardedFields[entity as keyof typeof guardedFields];
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}
