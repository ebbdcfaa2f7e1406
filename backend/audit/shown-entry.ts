import { hideFields, type Principal } from '../access/index.ts';
import type { AuditEntry } from '../contracts/administration.ts';

const SECRET = /(password|secret|token|hash|sealed|privatekey|recoverycodes?)$/i;
const HIDDEN = '(hidden)';

/**
 * An entry as this person may see it: guarded fields that the role doesn't show are null. Nothing that writes
 * entries writes secrets; should one ever stand there, it stays there.
 */
export function shownEntry(principal: Principal, entry: AuditEntry): AuditEntry {
  const shown = (content: unknown) => hideFields(entry.entity, principal.fieldGroups, withoutSecrets(content));
  return { ...entry, before: shown(entry.before), after: shown(entry.after) };
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, content]): [string, unknown] => [
    key,
    SECRET.test(key) && typeof content === 'string' ? HIDDEN : withoutSecrets(content),
  ]);
  return Object.fromEntries(entries);
}
