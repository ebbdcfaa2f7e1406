import { randomBytes } from 'node:crypto';

const MAX_SLUG = 40;

/** A key for a new role: its name in plain letters and a few random ones, so that a name can be used again. */
export function roleKey(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG)
    .replace(/-$/, '');
  return `${slug || 'role'}-${randomBytes(4).toString('hex')}`;
}
