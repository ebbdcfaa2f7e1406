import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import { fieldProblems } from '../../parts/problems.ts';
import { t } from '../../text.ts';

/** What the server says about single rights, by permission, in the words of the grid instead of permissions' names. */
export function rightProblems(catalogue: PermissionCatalogue | null, error: unknown): ReadonlyMap<string, string> {
  if (!catalogue) return new Map();
  const words = new Map(
    catalogue.groups.flatMap((group) =>
      group.permissions.map(({ name, label }) => [name, t('rights.quoted', { group: group.label, label })] as const),
    ),
  );
  const fields = [...words.keys()].map((name) => `permissions.${name}`);
  const found = new Map<string, string>();
  for (const [field, message] of fieldProblems(error, fields).byField) {
    found.set(field.slice('permissions.'.length), inWords(message, words));
  }
  return found;
}

const inWords = (message: string, words: ReadonlyMap<string, string>): string =>
  message.replace(/[a-z-]+\.[a-z]+/g, (name) => words.get(name) ?? name);
